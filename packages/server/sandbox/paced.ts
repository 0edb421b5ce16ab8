import { setTimeout as pause } from 'node:timers/promises';
import { cards, findCard, typicalSeconds } from '@refreel/core/catalog';
import { findDialect } from '@refreel/core/dialects';
import { problem, stateTable } from '@refreel/core/model';
import type { Caller, Generations } from '../generations/service.ts';
import { type Connection, recallGeneration, type WholeGeneration } from '../store/index.ts';
import type { ClockReading, SandboxClock } from './clock.ts';
import { failsLate } from './faults-of-life.ts';
import { holdBack } from './paced-events.ts';
import { shownState } from './shown-state.ts';
import { openTellings, type Tellings } from './tellings.ts';

export interface PaceOptions {
  readonly connection: Connection;
  readonly clock: SandboxClock;
  /** 0: as fast as films are made; 1: as slow as their vendors usually are. */
  readonly scale: number;
}

/** Where no document says how long a film takes: ours. */
const usualSeconds = 180;
/** Between two looks at what is made and not shown yet: only the clock can change it. */
const lookMilliseconds = 200;
/** A list by state has to look at what each is shown as; so many of the newest are looked at. */
const mostLooked = 1000;

/** Generations as a stand-in shows them, and their events as it tells them. */
export interface PacedGenerations extends Generations {
  readonly tellings: Tellings;
}

/**
 * The generations as a stand-in shows them: what a vendor would still be at is not over yet, although it is made. Whatever reads a state, or is
 * told of one, reads it here.
 */
export function paceGenerations(inner: Generations, { connection, clock, scale }: PaceOptions): PacedGenerations {
  const secondsOf = async (caller: Caller, generation: WholeGeneration): Promise<number> => {
    const card = findCard(generation.model);
    // What is nobody's model but ours is as fast as it is.
    if (scale === 0 || card === undefined || findDialect(card.dialect) === undefined) return 0;
    if (generation.attempts.some(({ producer }) => producer !== 'animatic')) return 0;
    const { film } = await inner.facts(caller, generation);
    const typical = film && typicalSeconds(card, generation.request, film);
    return typical === undefined ? usualSeconds : (typical.from + typical.to) / 2;
  };
  const show = async (caller: Caller, generation: WholeGeneration, at?: ClockReading): Promise<WholeGeneration> => {
    if (scale === 0 && generation.recalledAt === null) return generation;
    const reading = at ?? (await clock.read());
    const time = (real: Date | null) => (real === null ? undefined : reading.shown(real));
    // What fails because it was asked to is shown so when its film would have been there.
    const late = generation.state === 'failed' && failsLate(generation.faults);
    const truth = {
      state: late ? 'done' : generation.state,
      createdAt: reading.shown(generation.createdAt),
      startedAt: time(startOf(generation)),
      finishedAt: time(generation.finishedAt),
      progress: undefined,
      recalledAt: time(generation.recalledAt),
    };
    const pace = { typicalSeconds: await secondsOf(caller, generation), scale };
    const shown = shownState(truth, pace, reading.now);
    const real = (at: number | undefined) => (at === undefined ? null : new Date(reading.real(at, 'after')));
    if (shown.state === truth.state && shown.open) {
      const attempts = generation.attempts.map((one) => ({ ...one, startedAt: real(shown.startedAt) }));
      return { ...generation, attempts, finishedAt: real(shown.finishedAt) };
    }
    const share = shown.progress === undefined ? null : { share: shown.progress };
    return {
      ...generation,
      state: shown.state,
      films: shown.open ? generation.films : [],
      finishedAt: real(shown.finishedAt),
      attempts: generation.attempts.map((one) =>
        isEarly(one.state, shown.state) || (late && one.state === 'failed')
          ? {
              ...one,
              problems: late ? [] : one.problems,
              state: shown.state,
              progress: share,
              startedAt: real(shown.startedAt),
              finishedAt: null,
            }
          : one,
      ),
    };
  };
  const showAll = async (caller: Caller, all: readonly WholeGeneration[]): Promise<WholeGeneration[]> => {
    const reading = await clock.read();
    return await Promise.all(all.map((one) => show(caller, one, reading)));
  };
  const find: Generations['find'] = async (caller, name) => {
    const found = await inner.find(caller, name);
    return found && (await show(caller, found));
  };
  const longestSeconds = scale * Math.max(usualSeconds, ...cards.flatMap(({ typical }) => typical.map(({ to }) => to)));
  const tellings = openTellings({ find: inner.find, secondsOf, clock, scale });
  const unfinished = async (caller: Caller, name: Parameters<Generations['find']>[1]) => {
    const source = await find(caller, name);
    if (source === undefined || source.state === 'done') return undefined;
    const found = 'id' in name ? name.id : name.publicId;
    return { ok: false, problems: [problem('remix_source_unfinished', 'from', { found })] } as const;
  };

  return {
    ...inner,
    find,
    tellings,
    events: (caller, which, signal) =>
      scale === 0
        ? inner.events(caller, which, signal)
        : holdBack(inner, { ...{ connection, clock, tellings }, longestSeconds }, caller, which, signal),
    shown: (caller, generation) => show(caller, generation),
    async submit(caller, submission) {
      const { from } = submission.request;
      return (
        (from === undefined ? undefined : await unfinished(caller, { id: from })) ??
        (await inner.submit(caller, submission))
      );
    },
    async remix(caller, source, prompt, submission) {
      return (await unfinished(caller, source)) ?? (await inner.remix(caller, source, prompt, submission));
    },
    async list(caller, filter) {
      const { states } = filter;
      if (scale === 0 || states === undefined) {
        const page = await inner.list(caller, filter);
        return { ...page, items: await showAll(caller, page.items) };
      }
      const page = await inner.list(caller, { ...filter, states: undefined });
      return { ...page, items: (await showAll(caller, page.items)).filter(({ state }) => states.includes(state)) };
    },
    async browse(caller, filter) {
      const { states, skip, limit } = filter;
      if (scale === 0 || states === undefined) {
        const browsed = await inner.browse(caller, filter);
        return { ...browsed, items: await showAll(caller, browsed.items) };
      }
      const all = await inner.browse(caller, { ...filter, states: undefined, skip: 0, limit: mostLooked });
      const items = (await showAll(caller, all.items)).filter(({ state }) => states.includes(state));
      return { items: items.slice(skip, skip + limit), total: items.length, more: items.length > skip + limit };
    },
    async cancel(caller, id) {
      const found = await inner.find(caller, { id });
      const ended = found?.state === 'done' || (found?.state === 'failed' && failsLate(found.faults));
      if (found === undefined || !ended) return await inner.cancel(caller, id);
      const { state } = await show(caller, found);
      if (stateTable[state].terminal) return { state, changed: false };
      return { state: 'cancelled', changed: await recallGeneration(connection, caller.workspace, id) };
    },
    async wait(caller, id, seconds, enough = (state) => stateTable[state].terminal) {
      const until = performance.now() + seconds * 1000;
      const left = () => Math.max(0, (until - performance.now()) / 1000);
      const found = await inner.wait(caller, id, seconds, enough);
      // Its time is over, or the server stops.
      if (found === undefined || !enough(found.state)) return found && (await show(caller, found));
      for (;;) {
        const shown = await find(caller, { id });
        if (shown === undefined || enough(shown.state) || left() === 0) return shown;
        await pause(Math.min(lookMilliseconds, left() * 1000));
      }
    },
  };
}

/** When the first of its attempts was begun. */
export function startOf({ attempts }: WholeGeneration): Date | null {
  const starts = attempts.flatMap(({ startedAt }) => startedAt ?? []);
  return starts.length === 0 ? null : new Date(Math.min(...starts.map(Number)));
}

/** Whether an attempt is farther than the whole is shown. */
function isEarly(attempt: WholeGeneration['state'], shown: WholeGeneration['state']): boolean {
  if (shown === 'cancelled') return attempt === 'done';
  return attempt === 'done' || attempt === 'running' || attempt === 'fetching';
}
