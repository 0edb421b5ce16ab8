import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Dialect, dialects, findDialect } from '@refreel/core/dialects';
import { describe, expect, it } from 'vitest';
import type { AskGolden, Goldens } from '../../packages/core/dialects/golden.ts';
import { creatingGoldens, play, rowsOf } from './play.ts';
import { showPlayed } from './show.ts';

const known = await Promise.all(
  dialects.map(async (dialect): Promise<[Dialect, AskGolden[]]> => {
    const { goldens } = (await import(`../../packages/core/dialects/${dialect.id}/goldens/index.ts`)) as {
      goldens: Goldens;
    };
    return [dialect, creatingGoldens(dialect, goldens.asks)];
  }),
);

function playByName(from: string, name: string, to: string, model?: string) {
  const [dialect, asks] = known.find(([one]) => one.id === from)!;
  return play(dialect, asks.find((one) => one.name === name)!, findDialect(to)!, model);
}

const at = (rows: readonly { path: string; value: unknown }[], path: string) =>
  rows.find((row) => row.path === path)?.value;

describe('every example', () => {
  it.each(known.map(([dialect, asks]) => [dialect.id, dialect, asks] as const))(
    'of %s can be played to every dialect, or says why not',
    (_, from, asks) => {
      expect(asks.length).toBeGreaterThan(0);
      for (const golden of asks)
        for (const to of dialects) {
          const { sent } = play(from, golden, to);
          expect(sent.address !== undefined || sent.problems.length > 0, `${golden.name} to ${to.id}`).toBe(true);
          expect(showPlayed(play(from, golden, to)), golden.name).not.toMatch(/undefined|\[object/);
        }
    },
  );

  it.each(known.map(([dialect, asks]) => [dialect.id, dialect, asks] as const))(
    'of %s comes back but for what its golden lists',
    (_, from, asks) => {
      for (const golden of asks) {
        const listed = Object.keys(golden.differsWithEcho ?? {});
        const { otherwise } = play(from, golden, from).sent;
        if (otherwise === undefined) continue;
        for (const place of otherwise)
          expect(
            listed.some((one) => place === one || place.startsWith(`${one}.`) || place.startsWith(`${one}[`)),
            `${golden.name}: ${place}`,
          ).toBe(true);
      }
    },
  );
});

describe('one example at another vendor', () => {
  it('names become tags, backgrounds pictures, and each loss is told', () => {
    const { asked, canonical, sent } = playByName('baicai', 'two subjects and a background', 'dashscope', 'wan2.7-r2v');
    expect(at(asked.rows, 'input.prompt')).toBe('@human and @dog paly on the @grass');
    expect(at(canonical.rows, 'references[2].kind')).toBe('scene');
    expect(at(canonical.rows, 'shots[0].prompt[0].mention')).toBe('r1');
    expect(sent).toMatchObject({ dialect: 'dashscope', model: 'wan2.7-r2v', problems: [], otherwise: undefined });
    expect(at(sent.rows, 'input.prompt')).toBe('Image 1 and Image 2 paly on the Image 3');
    expect(sent.notes.map(({ code, path }) => `${code} ${path}`)).toContain('kind_converted references[2].kind');
  });

  it('what a vendor cannot do is refused, field by field', () => {
    const { sent } = playByName('toapis', 'first and last frame', 'baicai');
    expect(sent.address).toBeUndefined();
    expect(sent.problems.map(({ code, path }) => `${code} ${path}`)).toEqual(
      expect.arrayContaining(['input_unsupported startFrame', 'input_unsupported endFrame']),
    );
    expect(showPlayed(playByName('toapis', 'first and last frame', 'baicai'))).toMatch(
      /cannot be said\n(?:.*\n)* {2}refused {4}PixVerse-v4\.5-MR2V takes no start frames/,
    );
  });

  it('a model that the dialect has not is an error', () => {
    expect(() => playByName('toapis', 'sound', 'baicai', 'kling-v3')).toThrow('baicai has no model kling-v3');
  });

  it('a field is shown by its path', () => {
    expect(rowsOf({ a: [{ b: 1 }, []], c: {}, d: null })).toEqual([
      { path: 'a[0].b', value: 1 },
      { path: 'a[1]', value: [] },
      { path: 'c', value: {} },
      { path: 'd', value: null },
    ]);
  });
});

describe('the command', () => {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url)), ...words]);

  it('lists dialects, lists examples, and plays one by a part of its name', async () => {
    expect((await run()).stdout).toContain('dialects: dashscope');
    expect((await run('baicai')).stdout).toContain('"two subjects and a background"');
    const { stdout } = await run('baicai', 'background', 'toapis');
    expect(stdout).toContain('for kling-v3 (toapis)');
    expect(stdout).toMatch(/reference_images\[0\] +"https:/);
    expect(stdout).toMatch(/degraded {3}kling-v3 documents no way to point at a reference/);
    expect((await run('toapis', 'sound')).stdout).toContain('the same as it came');
  });

  it('says what there is where a word is wrong', async () => {
    await expect(run('nobody')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there are: dashscope'),
    });
    await expect(run('toapis', 'a')).rejects.toMatchObject({
      stderr: expect.stringContaining('more than one example'),
    });
    await expect(run('toapis', 'zebra')).rejects.toMatchObject({
      stderr: expect.stringContaining('no example "zebra"'),
    });
  });
});
