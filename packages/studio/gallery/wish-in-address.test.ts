import { states } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { readFilters, shows, wishOf } from './wish-in-address.ts';

const read = (address: string) => wishOf(readFilters(new URLSearchParams(address)));

test('an address says what is wished for; without one, films', () => {
  expect(read('')).toEqual({ states: ['done'] });
  const project = `prj_${'0a'.repeat(13)}`;
  expect(read(`show=deleted&project=${project}`)).toEqual({ deleted: true, project });
  expect(read('show=all&model=kling-o3&text=+rain+&day=2026-11-20&starred=true')).toEqual({
    ...{ model: 'kling-o3', text: 'rain', day: '2026-11-20', starred: true },
  });
});

test('what cannot be read filters nothing', () => {
  expect(read('show=constructor&day=2026-13-40&project=prj_1&starred=yes&text=%20&model=')).toEqual({
    states: ['done'],
  });
  expect(read(`text=${'x'.repeat(999)}`).text).toHaveLength(200);
});

test('every state is shown under one heading', () => {
  const { all, deleted, ...others } = shows;
  expect([all, deleted]).toEqual([undefined, undefined]);
  expect(Object.values(others).flat().sort()).toEqual([...states].sort());
});
