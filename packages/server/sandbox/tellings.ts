import { stateSaid } from '../generations/index.ts';
import type { Caller, Generations } from '../generations/service.ts';
import type { StoredEvent, WholeGeneration } from '../store/index.ts';
import type { SandboxClock } from './clock.ts';
import { failsLate } from './faults-of-life.ts';
import { type Told, toldFrom } from './shown-state.ts';

/** What may be told of an event at a moment: it, as it is told then; that it has to wait; or that it is never told. */
export type Telling = { readonly event: StoredEvent; readonly at: number } | 'later' | 'never';

/** Whoever passes events on asks here, so that nobody learns from them what is not shown yet. */
export interface Tellings {
  tell(caller: Caller, event: StoredEvent): Promise<Telling>;
  /**
   * Those of a row of events that may be told, up to the first that has to wait: what came after it waits with it. `upTo`: the last event that is
   * told or never will be.
   */
  told(
    caller: Caller,
    events: readonly StoredEvent[],
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly upTo: number | undefined }>;
}

interface TellingsOptions {
  readonly find: Generations['find'];
  /** What the vendor usually takes for a generation. */
  readonly secondsOf: (caller: Caller, generation: WholeGeneration) => Promise<number>;
  readonly clock: SandboxClock;
  readonly scale: number;
}

export function openTellings({ find, secondsOf, clock, scale }: TellingsOptions): Tellings {
  const tell: Tellings['tell'] = async (caller, event) => {
    const { generationId, data } = event;
    const told = saidBy(event);
    const whole = told && generationId !== null ? await find(caller, { id: generationId }) : undefined;
    if (told === undefined || whole === undefined) return { event, at: event.at.getTime() };
    if (scale === 0 && whole.recalledAt === null) return { event, at: event.at.getTime() };
    const reading = await clock.read();
    const late = failsLate(whole.faults);
    const pace = { typicalSeconds: await secondsOf(caller, whole), scale };
    const recalledAt = whole.recalledAt === null ? undefined : reading.shown(whole.recalledAt);
    const truth = {
      state: late && whole.state === 'failed' ? ('done' as const) : whole.state,
      createdAt: reading.shown(whole.createdAt),
      recalledAt,
    };
    // What fails because it was asked to fails when its film would have been there.
    const what = late && 'state' in told && told.state === 'failed' ? { state: 'done' as const } : told;
    const at = toldFrom(what, truth, pace, reading.shown(event.at));
    if (at !== undefined) {
      if (at > reading.now) return 'later';
      return { event: { ...event, at: new Date(reading.real(at, 'after')) }, at };
    }
    // Of what was taken back its end is told as what its owner made of it.
    const ends = 'state' in what && what.state === 'done';
    if (!ends || recalledAt === undefined || whole.recalledAt === null) return 'never';
    const cancelled = { ...(data as object), state: 'cancelled' };
    return { event: { ...event, data: cancelled, at: whole.recalledAt }, at: recalledAt };
  };
  return {
    tell,
    async told(caller, events) {
      const told: StoredEvent[] = [];
      let upTo: number | undefined;
      for (const event of events) {
        const telling = await tell(caller, event);
        if (telling === 'later') break;
        if (telling !== 'never') told.push(telling.event);
        upTo = event.id;
      }
      return { events: told, upTo };
    },
  };
}

/** What an event says of a generation that may not be shown yet; undefined where it says no such thing. */
function saidBy({ kind, data }: StoredEvent): Told | undefined {
  if (kind === 'generation.state' || kind === 'attempt.state') {
    const state = stateSaid(data);
    return state && { state };
  }
  if (kind !== 'attempt.progress') return undefined;
  const { share } = ((data as { progress?: unknown }).progress ?? {}) as { share?: unknown };
  return { share: typeof share === 'number' ? share : 0 };
}
