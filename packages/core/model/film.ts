import type { Condition } from './card.ts';
import { countInputs, type InputName, type Request } from './request.ts';

/** What a request comes to on a model once every default is filled in: one film's exact shape, and how many. */
export interface Film {
  readonly width: number;
  readonly height: number;
  /** "16:9"; of a film that follows a picture, the picture's own pixels, reduced. */
  readonly ratio: string;
  readonly tier: string;
  readonly mode: string | undefined;
  readonly fps: number;
  /** Seconds of each shot, in order. */
  readonly shotSeconds: readonly number[];
  readonly seconds: number;
  readonly audio: boolean;
  readonly watermark: boolean;
  /** Films of one attempt. */
  readonly count: number;
  /** Attempts: more than one only for a count that was split. */
  readonly attempts: number;
}

/** What conditions look at; unknown values (a film that could not be settled) make a condition on them false. */
export interface Situation {
  readonly inputs: Readonly<Record<InputName, number>>;
  readonly tier?: string | undefined;
  readonly mode?: string | undefined;
  readonly audio?: boolean | undefined;
  readonly seconds?: number | undefined;
}

/** The situation of a request on a model, as far as its film is settled. */
export function situationOf(request: Request, film?: Partial<Film>): Situation {
  return {
    inputs: countInputs(request),
    tier: film?.tier,
    mode: film?.mode,
    audio: film?.audio,
    seconds: film?.seconds,
  };
}

/** Whether a card's condition is true; an absent condition always is. */
export function holds(condition: Condition | undefined, situation: Situation): boolean {
  if (condition === undefined) return true;
  const { inputs, seconds } = situation;
  if (condition.has?.some((input) => inputs[input] === 0)) return false;
  if (condition.lacks?.some((input) => inputs[input] > 0)) return false;
  if (condition.tier !== undefined && !condition.tier.includes(situation.tier ?? '')) return false;
  if (condition.mode !== undefined && !condition.mode.includes(situation.mode ?? '')) return false;
  if (condition.audio !== undefined && condition.audio !== situation.audio) return false;
  if (condition.seconds !== undefined) {
    if (seconds === undefined) return false;
    if (condition.seconds.from !== undefined && seconds < condition.seconds.from) return false;
    if (condition.seconds.to !== undefined && seconds > condition.seconds.to) return false;
  }
  return true;
}
