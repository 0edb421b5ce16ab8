import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gridShape, tileAfter, tilesInView } from './rows-in-view.ts';

test('as many columns as have room, and one on a phone', () => {
  expect(gridShape(1392, 340, 16)).toMatchObject({ columns: 3, tileWidth: (1392 - 32) / 3 });
  expect(gridShape(358, 340, 16)).toMatchObject({ columns: 1, tileWidth: 358 });
  expect(gridShape(300, 340, 16)).toMatchObject({ columns: 1, tileWidth: 300 });
});

test('a few rows are in view, however many there are', () => {
  const shape = gridShape(1392, 340, 16);
  const atTop = tilesInView(shape, 100_000, { top: -80, height: 900 });
  expect(atTop.from).toBe(0);
  expect(atTop.to).toBeLessThanOrEqual(18);
  const far = tilesInView(shape, 100_000, { top: 1000 * shape.rowHeight, height: 900 });
  expect(far.to - far.from).toBeLessThanOrEqual(30);
  expect(far.from).toBeLessThan(3000);
  expect(far.to).toBeGreaterThan(3009);
});

test('every tile that can be seen is among them', () => {
  const lengths = fc.record({
    width: fc.integer({ min: 200, max: 4000 }),
    count: fc.nat(5000),
    top: fc.integer({ min: -2000, max: 400_000 }),
    height: fc.integer({ min: 300, max: 2000 }),
  });
  fc.assert(
    fc.property(lengths, fc.nat(4999), ({ width, count, top, height }, tile) => {
      const shape = gridShape(width, 340, 16);
      const { from, to } = tilesInView(shape, count, { top, height });
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBeLessThanOrEqual(count);
      const begins = Math.floor(tile / shape.columns) * shape.rowHeight;
      const seen = tile < count && begins < top + height && begins + shape.rowHeight > top;
      if (seen) expect(tile >= from && tile < to).toBe(true);
    }),
  );
});

test('keys lead to neighbours, and not out of the grid', () => {
  const after = (key: string, at: number) => tileAfter(key, at, 8, 3);
  expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => after(key, 4))).toEqual([3, 5, 1, 7]);
  expect([after('Home', 4), after('End', 4), after('ArrowDown', 6), after('ArrowLeft', 0)]).toEqual([
    0,
    7,
    undefined,
    undefined,
  ]);
  expect([after('Enter', 4), after('toString', 4)]).toEqual([undefined, undefined]);
});
