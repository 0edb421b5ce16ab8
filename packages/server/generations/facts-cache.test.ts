import { expect, test } from 'vitest';
import type { WholeGeneration, WorkspaceId } from '../store/index.ts';
import { rememberFacts } from './facts-cache.ts';

const caller = { workspace: 'wsp_a' as WorkspaceId, keyId: undefined };
const one = (id: string, state: string, media?: string) =>
  ({
    ...{ id, attempts: [{ state }] },
    request: {
      model: 'animatic',
      references: media === undefined ? [] : [{ kind: 'image', id: 'r', name: 'r', image: media }],
      shots: [{ prompt: ['Rain.'] }],
    },
  }) as unknown as WholeGeneration;

function counted(most?: number) {
  let settled = 0;
  const { facts, remember } = rememberFacts(async (_, generation) => {
    settled += 1;
    return { generation, film: undefined, inputSeconds: settled };
  }, most);
  return { facts, remember, times: () => settled };
}

test('what does not change is settled once, and told with the generation as it is now', async () => {
  const { facts, times } = counted();
  const stored = `asset:${'a'.repeat(64)}`;
  await facts(caller, one('1', 'queued', stored));
  const now = one('1', 'done', stored);
  expect(await facts(caller, now)).toEqual({ generation: now, film: undefined, inputSeconds: 1 });
  expect(times()).toBe(1);
  await facts({ ...caller, workspace: 'wsp_b' as WorkspaceId }, now);
  expect(times()).toBe(2);
});

test('what was accepted just now is known', async () => {
  const { facts, remember, times } = counted();
  const generation = one('1', 'queued');
  remember(caller, { generation, film: undefined, inputSeconds: 7 });
  expect((await facts(caller, generation)).inputSeconds).toBe(7);
  expect(times()).toBe(0);
});

test('what may still change is settled each time', async () => {
  const { facts, times } = counted();
  for (const moving of [one('1', 'preparing'), one('2', 'cancelled', 'https://media.example/a.png')])
    for (let time = 0; time < 2; time += 1) await facts(caller, moving);
  expect(times()).toBe(4);
});

test('no more are kept than there is room for', async () => {
  const { facts, times } = counted(2);
  for (const id of ['1', '2', '3', '3', '2', '1']) await facts(caller, one(id, 'queued'));
  expect(times()).toBe(4);
});
