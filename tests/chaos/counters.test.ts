import { expect, test } from 'vitest';
import { accepted, openGround, smallRequest, submission } from '../../packages/server/generations/test-ground.ts';
import type { Order } from './caller.ts';
import { doubledOf, lostOf } from './chaos.ts';
import { checkStore } from './check-store.ts';

const order = (number: number, ...ids: string[]): Order => ({
  ...{ number, body: '', key: undefined, ids: new Set(ids), cancelled: false },
});

const lamp = (prompt: string) => submission(smallRequest({ shots: [{ prompt: [prompt], seconds: 1 }] }));

test('a request that is gone and one that was accepted twice are counted', async () => {
  const { generations, database, files, caller, close } = await openGround();
  try {
    const tenant = await caller();
    const first = (await accepted(generations, tenant, lamp('Lamp 1 is lit.'))).id;
    const second = (await accepted(generations, tenant, lamp('Lamp 2 is lit.'))).id;
    const right = (await checkStore(database, files)).generations;
    const orders = [order(1, first), order(2, second)];
    expect([lostOf({ orders }, right), doubledOf({ orders }, right)]).toEqual([[], []]);

    // The store takes one twice, an answer names another id, and a row is taken away.
    const again = (await accepted(generations, tenant, lamp('Lamp 2 is lit.'))).id;
    const wrong = (await checkStore(database, files)).generations;
    expect(doubledOf({ orders }, wrong)).toEqual([`${second}, ${again}`]);
    expect(doubledOf({ orders: [order(1, first, 'gen_other')] }, right)).toEqual([`${first}, gen_other`]);
    const without = right.filter(({ id }) => id !== first);
    expect(lostOf({ orders }, without)).toEqual([`order 1: ${first} is gone`]);
  } finally {
    await close();
  }
}, 180_000);
