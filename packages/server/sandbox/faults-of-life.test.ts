import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Caller } from '../generations/service.ts';
import { accepted, ended, type Ground, openGround, smallRequest, submission } from '../generations/test-ground.ts';
import { openClock, type SandboxClock } from './clock.ts';
import { failsLate, spoiltLife } from './faults-of-life.ts';
import { paceGenerations } from './paced.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let ground: Ground;
let clock: SandboxClock;
let caller: Caller;
let drawn = 0;

beforeAll(async () => {
  ground = await openGround({
    spoil: spoiltLife,
    animatic: async () => {
      drawn += 1;
      throw new Error('nothing is drawn here');
    },
  });
  clock = await openClock(ground.database);
  caller = await ground.caller();
}, 60_000);
afterAll(async () => {
  expect(drawn).toBe(0);
  await ground.close();
});

const submit = (...faults: string[]) => accepted(ground.generations, caller, submission(smallRequest(), { faults }));

test('what is kept decides how a life ends', () => {
  expect(spoiltLife([])).toBeUndefined();
  expect(spoiltLife(['truncated_film', 'of_a_later_version'])).toBeUndefined();
  expect(spoiltLife(['truncated_film', 'stuck_in_progress'])).toBe('stuck');
  expect([failsLate(['failed']), failsLate(['stuck_in_progress']), failsLate([])]).toEqual([true, false, false]);
});

test('a failure is one, in the store and for whoever waits', async () => {
  const one = await submit('failed');
  const failed = await ended(ground.generations, caller, one.id, 'failed');
  expect(failed.attempts).toMatchObject([{ state: 'failed', billed: 'no', problems: [{ code: 'vendor_failed' }] }]);
  expect(failed.attempts[0]?.startedAt).toBeInstanceOf(Date);
  const other = await submit('moderation_blocked_late');
  const blocked = await ended(ground.generations, caller, other.id, 'failed');
  expect(blocked.attempts[0]?.problems).toMatchObject([{ code: 'moderation_blocked' }]);
});

test('what is stuck runs until somebody cancels it, whatever server comes', async () => {
  const { id } = await submit('stuck_in_progress');
  const running = (state: string) => state === 'running';
  expect((await ground.generations.wait(caller, id, 30, running))?.state).toBe('running');
  await ground.generations.close();
  const generations = await ground.reopen();
  // Others are served, and it takes no place from them.
  const other = await accepted(generations, caller, submission(smallRequest(), { faults: ['failed'] }));
  await ended(generations, caller, other.id, 'failed');
  expect((await generations.find(caller, { id }))?.state).toBe('running');
  await generations.cancel(caller, id);
  await ended(generations, caller, id, 'cancelled');
});

test('a failure is shown when the film would have been there', async () => {
  const generations = await ground.reopen();
  const paced = paceGenerations(generations, { connection: ground.database.connection, clock, scale: 1 });
  const request = { model: 'sora-2', references: [], shots: [{ prompt: ['Rain.'], seconds: 4 }] };
  const make = () => accepted(generations, caller, submission(request, { faults: ['failed'] }));
  const { id } = await make();
  const early = await make();
  await ended(generations, caller, id, 'failed');
  await ended(generations, caller, early.id, 'failed');
  const seen = async (name: string) => {
    const { state, finishedAt, attempts } = (await paced.find(caller, { id: name }))!;
    return `${state} ${finishedAt === null ? '-' : 'over'} ${attempts.flatMap(({ problems }) => problems).length}`;
  };
  expect(await seen(id)).toBe('queued - 0');
  await clock.advance(60_000);
  expect(await seen(id)).toBe('running - 0');
  expect((await paced.list(caller, { limit: 9, states: ['running'] })).items.map((one) => one.id)).toContain(id);
  // Until it is shown it can be taken back.
  expect(await paced.cancel(caller, early.id)).toEqual({ state: 'cancelled', changed: true });
  await clock.advance(300_000);
  expect(await seen(id)).toBe('failed over 1');
  expect(await seen(early.id)).toBe('cancelled over 0');
  expect((await paced.wait(caller, id, 5))?.state).toBe('failed');
});
