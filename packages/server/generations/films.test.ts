import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFilm } from '../media/film/inspect.ts';
import type { StoredEvent } from '../store/index.ts';
import { accepted, ended, type Ground, openGround, smallRequest, submission } from './test-ground.ts';

let ground: Ground;

beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

test('a request becomes a film that plays', async () => {
  const caller = await ground.caller();
  const accepting = await accepted(ground.generations, caller, submission(smallRequest({ audio: true })));
  expect(accepting).toMatchObject({
    state: 'queued',
    model: 'animatic',
    films: [],
    attempts: [{ producer: 'animatic' }],
  });
  const { films, attempts } = await ended(ground.generations, caller, accepting.id);
  expect(films).toMatchObject([{ index: 0, mediaType: 'video/mp4', facts: { width: 128, height: 72, frames: 12 } }]);
  expect(attempts).toMatchObject([{ state: 'done', progress: { share: 1 }, billed: 'no', problems: [] }]);
  const film = await inspectFilm((await ground.files.localPath(films[0]!.sha256))!);
  expect(film).toMatchObject({
    width: 128,
    height: 72,
    frames: 12,
    codec: 'avc',
    decodes: true,
    bytes: films[0]!.bytes,
  });
  expect(film.seconds).toBeCloseTo(1, 1);
  expect(film.audio?.codec).toBe('aac');
  // Nothing is left of the making.
  expect(readdirSync(join(ground.folder, 'work'))).toEqual([]);
  const { film: settled, inputSeconds } = await ground.generations.facts(caller, accepting);
  expect(settled).toMatchObject({ width: 128, seconds: 1 });
  expect(inputSeconds).toBe(0);
});

test('a count is that many different films of one generation, also where it is split into attempts', async () => {
  const caller = await ground.caller();
  const { id } = await accepted(ground.generations, caller, submission(smallRequest({ count: 2 })));
  const { films, attempts } = await ended(ground.generations, caller, id);
  expect(attempts).toHaveLength(1);
  expect(films.map(({ index, attemptIndex }) => [index, attemptIndex])).toEqual([
    [0, 0],
    [1, 0],
  ]);
  expect(films[0]!.sha256).not.toBe(films[1]!.sha256);

  const split = await ground.generations.review(caller, smallRequest({ count: 6, allowSplit: true }));
  expect(split.film).toMatchObject({ count: 1, attempts: 6 });
  const many = await accepted(ground.generations, caller, submission(smallRequest({ count: 5, allowSplit: true })));
  expect(many.attempts).toHaveLength(5);
  const parts = await ended(ground.generations, caller, many.id);
  expect(parts.films.map(({ index, attemptIndex }) => [index, attemptIndex])).toEqual(
    [0, 1, 2, 3, 4].map((n) => [n, n]),
  );
  expect(new Set(parts.films.map(({ sha256 }) => sha256)).size).toBe(5);
});

test('five at once are all made', async () => {
  const callers = [await ground.caller(), await ground.caller()];
  const all = await Promise.all(
    [0, 1, 2, 3, 4].map(async (number) => {
      const caller = callers[number % 2]!;
      return { caller, ...(await accepted(ground.generations, caller, submission(smallRequest({ seed: number })))) };
    }),
  );
  const films = await Promise.all(all.map(({ caller, id }) => ended(ground.generations, caller, id)));
  expect(films.every((one) => one.films.length === 1)).toBe(true);
});

test('events come in order, each once, and go on after the last one that was seen', async () => {
  const caller = await ground.caller();
  const stop = new AbortController();
  const seen: StoredEvent[] = [];
  const stream = ground.generations.events(caller, {}, stop.signal);
  const { id } = await accepted(
    ground.generations,
    caller,
    submission(smallRequest({ shots: [{ prompt: ['Rain.'], seconds: 2 }] })),
  );
  for await (const event of stream) {
    seen.push(event);
    if ((event.data as { state?: string }).state === 'done' && event.kind === 'generation.state') stop.abort();
  }
  expect(seen.every(({ generationId }) => generationId === id)).toBe(true);
  expect(seen.map((event) => event.id)).toEqual([...new Set(seen.map((event) => event.id))].sort((a, b) => a - b));
  const states = seen.flatMap(({ kind, data }) =>
    kind === 'generation.state' ? [(data as { state: string }).state] : [],
  );
  expect(seen[0]!.kind).toBe('generation.accepted');
  expect(states).toEqual(['running', 'fetching', 'done']);

  const middle = seen[2]!.id;
  const again: number[] = [];
  const resumed = new AbortController();
  for await (const event of ground.generations.events(caller, { after: middle }, resumed.signal)) {
    again.push(event.id);
    if (event.id === seen.at(-1)!.id) resumed.abort();
  }
  expect(again).toEqual(seen.slice(3).map((event) => event.id));

  const stranger = await ground.caller();
  const quiet = AbortSignal.timeout(150);
  for await (const event of ground.generations.events(stranger, { after: 0 }, quiet))
    expect.unreachable(JSON.stringify(event));
});

test('waiting ends with the generation, or with the seconds', async () => {
  const caller = await ground.caller();
  const { id } = await accepted(ground.generations, caller);
  expect((await ground.generations.wait(caller, id, 0))?.state).not.toBe('done');
  expect((await ground.generations.wait(caller, id, 30))?.state).toBe('done');
  expect((await ground.generations.wait(caller, id, 30))?.state).toBe('done');
  expect(await ground.generations.wait(caller, 'gen_none', 30)).toBeUndefined();
});

test('a remix inherits all but the words, and says of what it is one', async () => {
  const caller = await ground.caller();
  const shots = [
    { prompt: ['One.'], seconds: 1 },
    { prompt: ['Two.'], seconds: 1 },
  ];
  const source = await accepted(ground.generations, caller, submission(smallRequest({ shots, seed: 7 })));
  const bare = { dialect: 'native', echo: {}, notes: [] };
  const remix = (prompt: string, id = source.id, who = caller) => ground.generations.remix(who, { id }, prompt, bare);
  const codes = async (outcome: ReturnType<typeof remix>) => {
    const { ok, ...rest } = await outcome;
    return ok ? [] : (rest as unknown as { problems: { code: string }[] }).problems.map(({ code }) => code);
  };
  expect(await codes(remix('At night.'))).toEqual(['remix_source_unfinished']);
  await ended(ground.generations, caller, source.id);
  expect(await codes(remix(' '))).toEqual(['prompt_empty']);
  expect(await codes(remix('At night.', 'gen_none'))).toEqual(['remix_source_missing']);
  expect(await codes(remix('At night.', source.id, await ground.caller()))).toEqual(['remix_source_missing']);
  const made = await remix('At night.');
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  expect(made.value).toMatchObject({
    remixOf: source.id,
    request: { seed: 7, size: { width: 128, height: 72 }, shots: [{ prompt: ['At night.'], seconds: 2 }] },
  });
  await ended(ground.generations, caller, made.value.id);
  const native = await ground.generations.submit(caller, submission(smallRequest({ from: 'gen_none' })));
  expect(native).toMatchObject({ ok: false, problems: [{ code: 'remix_source_missing', path: 'from' }] });
  // Whoever asks beforehand hears the same.
  const missing = [{ code: 'remix_source_missing', path: 'from' }];
  const wanted = smallRequest({ from: 'gen_none' });
  expect(await ground.generations.review(caller, wanted)).toMatchObject({ problems: missing });
  expect(await ground.generations.quote(caller, wanted)).toMatchObject({ ok: false, problems: missing });
  const { reports } = await ground.generations.compare(caller, wanted, [wanted.model], { problems: [] });
  expect(reports).toMatchObject([{ ok: false, problems: missing }]);
});

test('what is refused leaves nothing', async () => {
  const caller = await ground.caller();
  const refuse = async (change: Parameters<typeof smallRequest>[0]) =>
    ground.generations.submit(caller, submission(smallRequest(change)));
  expect(await refuse({ model: 'animatik' })).toMatchObject({ ok: false, problems: [{ code: 'unknown_model' }] });
  expect(await refuse({ shots: [{ prompt: [' '] }] })).toMatchObject({
    ok: false,
    problems: [{ code: 'prompt_empty' }],
  });
  expect(await refuse({ shots: [{ prompt: ['A \0.'] }] })).toMatchObject({
    ok: false,
    problems: [{ code: 'invalid_request' }],
  });
  expect((await ground.generations.list(caller, { limit: 10 })).items).toEqual([]);
  expect(existsSync(join(ground.folder, 'work'))).toBe(true);
});
