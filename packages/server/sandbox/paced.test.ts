import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller, Generations } from '../generations/service.ts';
import { accepted, ended, type Ground, openGround, smallRequest, submission } from '../generations/test-ground.ts';
import { eventsSince } from '../store/index.ts';
import { openClock, type SandboxClock } from './clock.ts';
import { type PacedGenerations, paceGenerations } from './paced.ts';

let ground: Ground;
let clock: SandboxClock;
/** 180 s, as no document says how long this model takes: 18 in the line. */
let paced: PacedGenerations;
let caller: Caller;
let image: string;

beforeAll(async () => {
  ground = await openGround();
  clock = await openClock(ground.database);
  paced = paceGenerations(ground.generations, { connection: ground.database.connection, clock, scale: 1 });
  caller = await ground.caller();
  const picture = readFileSync(new URL('../../../media/coffee.png', import.meta.url));
  const kept = await paced.keep(caller, { kind: 'stream', content: Readable.from([picture]) });
  if (!kept.ok) throw new Error('not kept');
  image = `asset:${kept.value.sha256}`;
}, 60_000);
afterAll(() => ground.close());

const request = () => ({
  model: 'wan2.7-r2v',
  references: [{ kind: 'image', id: 'r1', name: 'cup', image }] as const,
  shots: [{ prompt: [{ mention: 'r1' }, ' steams.'], seconds: 2 }],
  tier: '720p',
});
const make = async () => {
  const { id } = await accepted(paced, caller, submission({ ...request(), references: [...request().references] }));
  // A loaded machine takes its time to draw it.
  const made = await ground.generations.wait(caller, id, 110);
  if (made?.state !== 'done') throw new Error(`${id} is ${made?.state}`);
  return id;
};
const soon = { timeout: 40_000, interval: 100 };
const seen = async (id: string) => {
  const { state, films, finishedAt } = (await paced.find(caller, { id }))!;
  return `${state} ${films.length} ${finishedAt === null ? '-' : 'over'}`;
};

test('a film that is made is shown when the vendor would be there', async () => {
  const id = await make();
  expect(await seen(id)).toBe('queued 0 -');
  expect((await paced.remix(caller, { id }, 'Again.', submission())).ok).toBe(false);
  await clock.advance(20_000);
  expect(await seen(id)).toBe('running 0 -');
  const { attempts } = (await paced.find(caller, { id }))!;
  expect(attempts[0]).toMatchObject({ state: 'running', finishedAt: null, progress: { share: expect.any(Number) } });
  const states = async (filter: 'running' | 'done') =>
    (await paced.list(caller, { limit: 9, states: [filter] })).items.length;
  expect([await states('running'), await states('done')]).toEqual([1, 0]);
  // Whoever waits is told once it is shown.
  const waiting = paced.wait(caller, id, 30);
  await clock.advance(160_000);
  expect((await waiting)?.state).toBe('done');
  expect(await seen(id)).toBe('done 1 over');
  expect([await states('running'), await states('done')]).toEqual([0, 1]);
  const whole = (await paced.find(caller, { id }))!;
  const now = await clock.read();
  expect(now.shown(whole.finishedAt!) - now.shown(whole.createdAt)).toBeGreaterThanOrEqual(179_999);
  expect((await ground.generations.find(caller, { id }))?.state).toBe('done');
}, 400_000);

test('what is shown as waiting can be taken back, although it is made', async () => {
  const id = await make();
  expect(await paced.cancel(caller, id)).toEqual({ state: 'cancelled', changed: true });
  expect(await seen(id)).toBe('cancelled 0 over');
  expect(await paced.cancel(caller, id)).toEqual({ state: 'cancelled', changed: false });
  await clock.advance(500_000);
  expect(await seen(id)).toBe('cancelled 0 over');
  // Also for a server that was started anew without a scale.
  const { connection } = ground.database;
  const fast = paceGenerations(ground.generations, { connection, clock, scale: 0 });
  expect((await fast.find(caller, { id }))?.state).toBe('cancelled');
}, 400_000);

test('drafts of our own are as fast as they are', async () => {
  const { id } = await accepted(paced, caller, submission(smallRequest()));
  await ended(ground.generations, caller, id);
  expect(await seen(id)).toBe('done 1 over');
}, 60_000);

test('a clock that another process moves is seen by all of them', async () => {
  const { connection } = ground.database;
  const other = await openClock({ connection, kind: 'postgres' });
  const before = (await other.read()).offset;
  await clock.advance(5000);
  expect((await other.read()).offset).toBe(before + 5000);
  await Promise.all([other.advance(1000), clock.advance(1000)]);
  expect([(await other.read()).offset, (await openClock(ground.database).then((one) => one.read())).offset]).toEqual([
    before + 7000,
    before + 7000,
  ]);
});

interface Heard {
  readonly kind: string;
  readonly generation: string | null;
  readonly state: unknown;
  readonly at: Date;
}

/** Listens until it is told to stop. */
function listen(which: Parameters<Generations['events']>[1]) {
  const heard: Heard[] = [];
  const stop = new AbortController();
  const told = paced.events(caller, which, stop.signal);
  const done = (async () => {
    for await (const { kind, generationId, data, at } of told)
      heard.push({ kind, generation: generationId, state: (data as { state?: unknown }).state, at });
  })();
  const states = (id: string) =>
    heard.flatMap(({ kind, generation, state }) => (kind === 'generation.state' && generation === id ? [state] : []));
  return { heard, states, done, stop: () => stop.abort() };
}

test('events tell nothing before it is shown, and of what happened before they were asked for', async () => {
  const id = await make();
  const all = listen({});
  const own = listen({ generationId: id, after: 0 });
  await expect.poll(() => own.heard.map(({ kind }) => kind), soon).toContain('generation.accepted');
  const later = await make();
  await clock.advance(20_000);
  await expect.poll(() => all.states(id), soon).toContain('running');
  await expect.poll(() => own.states(id), soon).toContain('running');
  expect([all.states(id), own.states(id)].flat()).not.toContain('done');
  const before = (await clock.read()).now;
  await clock.advance(170_000);
  await own.done;
  expect(own.states(id).at(-1)).toBe('done');
  await expect.poll(() => all.states(later).at(-1), soon).toBe('done');
  all.stop();
  await all.done;
  const { at } = all.heard.find(({ generation, state }) => generation === id && state === 'done')!;
  expect((await clock.read()).shown(at)).toBeGreaterThan(before);
  // Once more from the beginning: what is shown is told at once.
  const again = listen({ generationId: id, after: 0 });
  await again.done;
  expect(again.states(id)).toEqual(own.states(id));
}, 400_000);

test('what was taken back is told as cancelled, and nothing of the film', async () => {
  const id = await make();
  const own = listen({ generationId: id, after: 0 });
  await paced.cancel(caller, id);
  await own.done;
  expect(own.states(id).at(-1)).toBe('cancelled');
  expect(own.heard.map(({ state }) => state)).not.toContain('done');
}, 400_000);

test('a row of events is told up to the first that waits', async () => {
  const id = await make();
  const past = await eventsSince(ground.database.connection, caller.workspace, 0, { generationId: id });
  const told = async () => {
    const { events, upTo } = await paced.tellings.told(caller, past);
    return { kinds: events.map(({ kind, data }) => `${kind} ${(data as { state?: string }).state ?? ''}`), upTo };
  };
  const early = await told();
  expect(early.kinds[0]).toMatch(/^generation\.accepted/);
  expect(early.kinds.join()).not.toMatch(/running|done|progress/);
  await clock.advance(190_000);
  expect((await told()).upTo).toBe(past.at(-1)!.id);
  expect((await told()).kinds).toContain('generation.state done');
}, 400_000);
