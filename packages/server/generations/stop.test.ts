import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { problem, Refusal } from '@refreel/core/model';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Animatic, openAnimatic } from '../producers/animatic/index.ts';
import { claimAttempts } from '../store/index.ts';
import type { Generations } from './service.ts';
import {
  accepted,
  dataUri,
  ended,
  type Ground,
  openGround,
  picture,
  smallRequest,
  subjectRequest,
  submission,
} from './test-ground.ts';

let ground: Ground;

beforeAll(async () => {
  // Nothing is drawn by this one: every test opens its own.
  ground = await openGround({ limits: { renders: 0 } });
});
afterAll(() => ground.close());

let folders = 0;
const open = (animatic: () => Promise<Animatic>) =>
  ground.reopen({ animatic, limits: { renders: 2 }, workFolder: join(ground.folder, `work ${folders++}`) });

/** An animatic that draws when it is told to, and counts. */
function heldAnimatic() {
  let opened = 0;
  let begin = () => {};
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const animatic = async (): Promise<Animatic> => {
    opened += 1;
    const real = await openAnimatic();
    let close = () => {};
    const closed = new Promise<never>((_, reject) => {
      close = () => reject(new Refusal(problem('render_cancelled', '')));
    });
    closed.catch(() => {});
    return {
      ...real,
      async draw(...asked) {
        begin();
        await Promise.race([released, closed]);
        return await real.draw(...asked);
      },
      async close() {
        close();
        await real.close();
      },
    };
  };
  return { animatic, began, release: () => release(), opened: () => opened };
}

/** A generation ends before the test does, or it would be drawn by the next one. */
const cancelled = async (generations: Generations, caller: Parameters<Generations['cancel']>[0], id: string) =>
  await ended(generations, caller, id, 'cancelled');

test('what waits is cancelled at once, and never drawn', async () => {
  const caller = await ground.caller();
  const split = submission(smallRequest({ count: 5, allowSplit: true }), { echo: { seen: 1 }, idempotencyKey: 'once' });
  const accepting = await accepted(ground.generations, caller, split);
  const { id } = accepting;
  // What is answered at once is what is stored.
  expect(accepting).toEqual(await ground.generations.find(caller, { id }));
  expect(await ground.generations.cancel(caller, id)).toEqual({ state: 'cancelled', changed: true });
  expect(await ground.generations.cancel(caller, id)).toEqual({ state: 'cancelled', changed: false });
  expect(await ground.generations.cancel(caller, 'gen_none')).toBeUndefined();
});

test('what is drawn is stopped, with its process', async () => {
  const caller = await ground.caller();
  const held = heldAnimatic();
  const generations = await open(held.animatic);
  const { id } = await accepted(generations, caller);
  await held.began;
  expect(await generations.cancel(caller, id)).toEqual({ state: 'cancelling', changed: true });
  expect((await cancelled(generations, caller, id)).films).toEqual([]);
  await generations.close();
});

test('a cancel that another process took is heard too', async () => {
  const caller = await ground.caller();
  const held = heldAnimatic();
  const generations = await open(held.animatic);
  const { id } = await accepted(generations, caller);
  await held.began;
  await ground.generations.cancel(caller, id);
  await cancelled(ground.generations, caller, id);
  await generations.close();
});

test('what is fetched is cancelled without waiting for its server', async () => {
  const caller = await ground.caller();
  let asked = () => {};
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const base = await ground.serve(() => asked());
  const generations = await open(openAnimatic);
  const { id } = await accepted(generations, caller, submission(subjectRequest(`${base}/never.png`)));
  await reached;
  expect(await generations.cancel(caller, id)).toEqual({ state: 'cancelled', changed: true });
  // Would wait for the download if that went on.
  await generations.close();
});

test('slow addresses of one workspace hold up nobody else', async () => {
  const [slow, other] = [await ground.caller(), await ground.caller()];
  const base = await ground.serve(() => {});
  const generations = await ground.reopen({
    limits: { renders: 1, preparations: 4 },
    workFolder: join(ground.folder, 'work beside slow ones'),
  });
  const stuck = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((number) =>
      accepted(generations, slow, submission(subjectRequest(`${base}/${number}.png`))),
    ),
  );
  const { id } = await accepted(generations, other, submission(subjectRequest(dataUri(await picture()))));
  await ended(generations, other, id);
  for (const one of stuck) await generations.cancel(slow, one.id);
  await generations.close();
});

test('a close gives back what was not finished, and the next start makes it', async () => {
  const caller = await ground.caller();
  const held = heldAnimatic();
  const generations = await open(held.animatic);
  const all = [
    await accepted(generations, caller),
    await accepted(generations, caller),
    await accepted(generations, caller),
  ];
  await held.began;
  await generations.close();
  expect(await generations.submit(caller, submission())).toMatchObject({
    ok: false,
    problems: [{ code: 'server_stopping' }],
  });
  for (const { id } of all) expect((await ground.generations.find(caller, { id }))?.films).toEqual([]);
  const next = await open(openAnimatic);
  for (const { id } of all) await ended(next, caller, id);
  await next.close();
});

test('an attempt that somebody else took over meanwhile is thrown away', async () => {
  const caller = await ground.caller();
  const held = heldAnimatic();
  const generations = await open(held.animatic);
  const { id } = await accepted(generations, caller);
  await held.began;
  const { connection } = ground.database;
  await sql`update attempts set due_at = now() - interval '1 second' where generation_id = ${id}`.execute(connection);
  const options = { worker: 'thief', producer: 'animatic', limit: 1, leaseSeconds: 60 } as const;
  let [stolen] = await claimAttempts(connection, options);
  // Its own renewal may have come between.
  while (stolen === undefined) {
    await sql`update attempts set due_at = now() - interval '1 second' where generation_id = ${id}`.execute(connection);
    [stolen] = await claimAttempts(connection, options);
  }
  held.release();
  await generations.close();
  expect(await ground.generations.find(caller, { id })).toMatchObject({ state: 'running', films: [] });
  await ground.generations.cancel(caller, id);
  await sql`update attempts set due_at = now() where generation_id = ${id}`.execute(connection);
  const next = await open(openAnimatic);
  await cancelled(next, caller, id);
  await next.close();
});

test('a film that cannot be made fails with the reason, and leaves nothing', async () => {
  const caller = await ground.caller();
  const work = join(ground.folder, 'work of a failure');
  const generations = await ground.reopen({
    limits: { renders: 1 },
    workFolder: work,
    animatic: async () => ({
      ...(await openAnimatic()),
      draw: () => Promise.reject(new Refusal(problem('disk_full', 'output', { found: join(work, 'film.mp4') }))),
    }),
  });
  const { id } = await accepted(generations, caller, submission(smallRequest()));
  const { attempts } = await ended(generations, caller, id, 'failed');
  expect(attempts[0]!.problems).toEqual([problem('disk_full', 'film', { found: 'film' })]);
  expect(readdirSync(work)).toEqual([]);
  await generations.close();
});

test('what goes wrong by itself is tried again, and told to the operator; what never ends is given up', async () => {
  const caller = await ground.caller();
  const told: unknown[] = [];
  let tries = 0;
  const generations = await ground.reopen({
    limits: { renders: 1 },
    workFolder: join(ground.folder, 'work of a second try'),
    onError: (error) => told.push(error),
    animatic: async () => {
      tries += 1;
      if (tries === 1) throw new Error('no process could be started');
      return await openAnimatic();
    },
  });
  const { id } = await accepted(generations, caller);
  await ended(generations, caller, id);
  expect([tries, told]).toEqual([2, [new Error('no process could be started')]]);

  await generations.close();
  const poison = await accepted(ground.generations, caller);
  await sql`update attempts set claims = 60 where generation_id = ${poison.id}`.execute(ground.database.connection);
  const next = await open(openAnimatic);
  const { attempts } = await ended(next, caller, poison.id, 'failed');
  expect(attempts[0]!.problems).toMatchObject([{ code: 'render_failed' }]);
  await next.close();
});
