import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRequest, review } from '@refreel/core/authoring';
import { explainProblem, noFacts, Refusal } from '@refreel/core/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Animatic, type AnimaticOptions, openAnimatic } from '../../packages/server/producers/animatic/index.ts';
import { descendants, isAlive, media } from './command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-child-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform !== 'linux')('a child that does not come to its end', () => {
  async function drawing(options: AnimaticOptions, seconds: number, onProgress?: (by: Animatic) => void) {
    const place = await mkdtemp(join(folder, 'place-'));
    const film = join(place, 'film.mp4');
    await writeFile(film, 'an earlier film');
    const animatic = await openAnimatic(options);
    const { request } = readRequest({ prompt: 'A dog runs through a forest.', seconds, size: '1280x720' });
    const shape = review(request!, noFacts).film!;
    try {
      const ended = await animatic
        .draw(request!, shape, noFacts, {}, film, { onProgress: () => onProgress?.(animatic) })
        .catch((error: unknown) => error);
      if (!(ended instanceof Refusal)) throw new Error(`expected a refusal, got ${String(ended)}`);
      expect(await readdir(place)).toEqual(['film.mp4']);
      expect(await readFile(film, 'utf8')).toBe('an earlier film');
      return { animatic, problem: ended.problems[0]!, film };
    } catch (error) {
      await animatic.close();
      throw error;
    }
  }

  const children = () =>
    descendants(process.pid).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('animatic/child.ts');
      } catch {
        return false;
      }
    });

  test('killed in the middle of a film, it leaves nothing, and the next film is made', async () => {
    const { animatic, problem, film } = await drawing({}, 30, () => {
      for (const pid of children()) process.kill(pid, 'SIGKILL');
    });
    try {
      expect(problem).toMatchObject({ code: 'render_failed', path: '' });
      expect(explainProblem(problem, 'en').message).toContain('SIGKILL');
      expect(explainProblem(problem, 'zh').message).toContain('SIGKILL');
      const { request } = readRequest({ prompt: 'A dog runs.', seconds: 1, size: '64x64' });
      const made = await animatic.draw(request!, review(request!, noFacts).film!, noFacts, {}, film);
      expect((await stat(film)).size).toBe(made.bytes);
    } finally {
      await animatic.close();
    }
    expect(children().filter(isAlive)).toEqual([]);
  });

  test('killed while it measures, it is asked again: no medium is refused for another', async () => {
    const animatic = await openAnimatic();
    const files = ['mountains.jpg', 'sunset.jpg', 'cat.png'].map((name) => join(media, name));
    const references = files.map((image, index) => ({ name: `p${index}`, image }));
    const { request } = readRequest({ prompt: 'A dog runs.', references });
    const measuring = animatic.measure(request!, Object.fromEntries(files.map((file) => [file, file])));
    const before = children();
    for (const pid of before) process.kill(pid, 'SIGKILL');
    const { facts, problems } = await measuring;
    await animatic.close();
    expect(before).toHaveLength(1);
    expect(problems).toEqual([]);
    expect(Object.keys(facts.media).sort()).toEqual(files.sort());
  });

  test('above its memory it is ended', async () => {
    const { animatic, problem } = await drawing({ memoryMegabytes: 90 }, 30);
    await animatic.close();
    expect(problem).toMatchObject({ code: 'render_memory', values: { limit: 90 } });
    expect(explainProblem(problem, 'en').message).toContain('90 MB');
  });

  test('past its time it is ended', async () => {
    const { animatic, problem } = await drawing({ renderSeconds: 1 }, 60);
    await animatic.close();
    expect(problem).toMatchObject({ code: 'render_timeout', values: { limit: 1 } });
    expect(explainProblem(problem, 'zh').message).toContain('1 秒');
  });

  test('closed meanwhile, the film is cancelled', async () => {
    const { animatic, problem } = await drawing({}, 30, (by) => void by.close());
    await animatic.close();
    expect(problem.code).toBe('render_cancelled');
  });

  test('a medium that takes too long is refused, and the next is measured', async () => {
    const animatic = await openAnimatic({ measureSeconds: 0.02 });
    const file = join(media, 'mountains.jpg');
    const { request } = readRequest({ prompt: 'A dog runs.', startFrame: file });
    const { problems } = await animatic.measure(request!, { [file]: file });
    await animatic.close();
    expect(problems[0]).toMatchObject({ code: 'media_timeout', path: 'startFrame', values: { limit: 0.02 } });
  });
});
