import { findCard } from '@refreel/core/catalog';
import { findDialect, type GenerationView } from '@refreel/core/dialects';
import type { State } from '@refreel/core/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownState, type Told, type TrueState, toldFrom } from './shown-state.ts';

const second = 1000;
const made: TrueState = {
  state: 'done',
  createdAt: 0,
  startedAt: second,
  finishedAt: 3 * second,
  progress: 1,
  recalledAt: undefined,
};
const none = { startedAt: undefined, finishedAt: undefined };
/** 100 s: 10 in the line. */
const pace = { typicalSeconds: 200, scale: 0.5 };

describe('a film that is made in 3 s and usually takes 100', () => {
  it.each<[number, Partial<TrueState>, string]>([
    [0, { state: 'preparing', ...none, progress: undefined }, 'preparing - open=false'],
    [1, { state: 'queued', ...none, progress: undefined }, 'queued - open=false'],
    [2, { state: 'running', finishedAt: undefined, progress: 0.4 }, 'queued - open=false'],
    [9.9, {}, 'queued - open=false'],
    [10, {}, 'running 10- open=false'],
    [55, {}, 'running 10- open=false'],
    [99.9, {}, 'running 10- open=false'],
    [100, {}, 'done 10-100 open=true'],
    [5000, {}, 'done 10-100 open=true'],
    // Slower than the vendor: the truth is later than what is usual.
    [50, { state: 'queued', ...none, progress: undefined }, 'queued - open=false'],
    [120, { state: 'running', startedAt: 60 * second, finishedAt: undefined }, 'running 60- open=false'],
    [150, { startedAt: 60 * second, finishedAt: 140 * second }, 'done 60-140 open=true'],
    // Nobody waits for bad news.
    [2, { state: 'failed', startedAt: undefined, finishedAt: second }, 'failed -1 open=false'],
    [2, { state: 'cancelled', startedAt: undefined, finishedAt: second }, 'cancelled -1 open=false'],
    [40, { state: 'cancelling', finishedAt: undefined }, 'cancelling 10- open=false'],
    [40, { recalledAt: 5 * second }, 'cancelled -5 open=false'],
    [4000, { recalledAt: 5 * second }, 'cancelled -5 open=false'],
  ])('after %d s: %j is shown as %s', (seconds, truth, expected) => {
    const { state, startedAt, finishedAt, open } = shownState({ ...made, ...truth }, pace, seconds * second);
    const at = (time: number | undefined) => (time === undefined ? '' : time / second);
    expect(`${state} ${at(startedAt)}-${at(finishedAt)} open=${open}`).toBe(expected);
  });

  it('progresses with the clock', () => {
    const progress = [10, 55, 99.99].map((seconds) => shownState(made, pace, seconds * second).progress);
    expect(progress).toEqual([0, 0.5, 0.99]);
    const slow = { ...made, state: 'running', finishedAt: undefined, progress: 0.2 } as const;
    expect(shownState(slow, pace, 55 * second).progress).toBe(0.2);
  });
});

describe('Qiniu, whose page has eight words', () => {
  /** What a look is told at a moment of the clock. */
  const word = (truth: TrueState, now: number): unknown => {
    const request = { model: 'sora-2', references: [], shots: [{ prompt: ['Rain.'] }] };
    const view: GenerationView = {
      ...{ id: 'qvideo-a-1', model: 'sora-2', echo: null, request, film: undefined, films: [], problem: undefined },
      ...{ createdAt: truth.createdAt, expiresAt: undefined, inputSeconds: 0, remixOf: undefined },
      ...shownState(truth, pace, now),
    };
    const context = { requestId: 'r', now, region: undefined, findCard };
    const { body } = findDialect('qiniu')!.exchanges.look![0]!.answer.encode(
      view,
      { does: 'look', id: view.id },
      context,
    );
    return (body as unknown as { readonly value: { readonly status: unknown } }).value.status;
  };

  it('says six of them on the way, one after the other as the clock is moved on, although the film was made in 3 s', () => {
    const told = Array.from({ length: 201 }, (_, half) => word(made, (half * second) / 2));
    expect(told.filter((one, index) => one !== told[index - 1])).toEqual([
      ...['initializing', 'queued', 'in_progress', 'downloading', 'uploading', 'completed'],
    ]);
  });

  it('and the other two of what was taken back and of what failed', () => {
    expect(word({ ...made, recalledAt: 5 * second }, 40 * second)).toBe('cancelled');
    expect(word({ ...made, state: 'cancelled' }, 40 * second)).toBe('cancelled');
    expect(word({ ...made, state: 'failed' }, 40 * second)).toBe('failed');
  });
});

it('at scale 0, and of what has no usual time, the truth is shown', () => {
  for (const fast of [
    { typicalSeconds: 200, scale: 0 },
    { typicalSeconds: 0, scale: 1 },
  ])
    for (const state of ['preparing', 'queued', 'running', 'fetching', 'done', 'failed'] satisfies State[])
      expect(shownState({ ...made, state }, fast, 0)).toEqual({
        state,
        startedAt: second,
        finishedAt: 3 * second,
        progress: 1,
        open: state === 'done',
      });
});

it('never goes back as the clock goes on', () => {
  const order: State[] = ['queued', 'running', 'done'];
  const time = fc.integer({ min: 0, max: 300_000 });
  fc.assert(
    fc.property(time, time, fc.integer({ min: 0, max: 50_000 }), (one, other, finishedAt) => {
      const [early, late] = [Math.min(one, other), Math.max(one, other)].map((now) =>
        order.indexOf(shownState({ ...made, startedAt: 0, finishedAt }, pace, now).state),
      );
      expect(late).toBeGreaterThanOrEqual(early!);
    }),
  );
});

it.each<[Told, Partial<TrueState>, number | undefined]>([
  [{ state: 'queued' }, {}, 3],
  [{ state: 'running' }, {}, 10],
  [{ share: 0.5 }, {}, 55],
  [{ state: 'fetching' }, {}, 10],
  [{ state: 'done' }, {}, 100],
  // Slower than the vendor.
  [{ state: 'done' }, { createdAt: -200 * second }, 3],
  // Of one attempt of several.
  [{ state: 'failed' }, {}, 3],
  // The whole has failed: nobody waits for that, nor for what led to it.
  [{ state: 'running' }, { state: 'failed' }, 3],
  [{ state: 'cancelled' }, { state: 'cancelled' }, 3],
  [{ state: 'done' }, { recalledAt: 5 * second }, undefined],
  [{ state: 'running' }, { recalledAt: 5 * second }, undefined],
  [{ state: 'running' }, { recalledAt: 50 * second }, 10],
])('%j of %j, which happened after 3 s, is told after %s', (told, truth, expected) => {
  const at = toldFrom(told, { ...made, ...truth }, pace, 3 * second);
  if (expected === undefined) expect(at).toBeUndefined();
  else expect(at).toBeCloseTo(expected * second);
});

it('is told with what is shown, and never before', () => {
  const time = fc.integer({ min: 0, max: 300_000 });
  fc.assert(
    fc.property(time, time, (finishedAt, now) => {
      const truth = { ...made, startedAt: 0, finishedAt };
      const { state } = shownState(truth, pace, Math.max(now, finishedAt));
      const told = Math.max(now, finishedAt) >= toldFrom({ state: 'done' }, truth, pace, finishedAt)!;
      expect(told).toBe(state === 'done');
    }),
  );
});
