import type { Card, Limit, Setting } from '../card.ts';
import { holds, type Situation } from '../film.ts';
import { makeNote, type Note } from '../note.ts';
import { type Problem, problem } from '../problem.ts';
import { conditionWords, limitWords } from './words.ts';

/** What a look at some part of a request found. */
export interface Findings {
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Findings to add to. */
export function noFindings(): Findings {
  return { problems: [], notes: [] };
}

/** Puts what one look found to what others did. */
export function add(all: Findings, more: Findings): void {
  all.problems.push(...more.problems);
  all.notes.push(...more.notes);
}

type Value = string | number | boolean;

/**
 * The value of a limit that `value` stands for; undefined where it passes the limit. Numbers no farther apart than `tolerance` are
 * the same. A limit with both a range and single values allows either.
 */
function admit<V extends Value>(limit: Limit, value: V, tolerance: number): V | undefined {
  const { oneOf, from, to, whole } = limit;
  if (typeof value !== 'number') return oneOf === undefined || oneOf.includes(value) ? value : undefined;
  const near = oneOf?.find((one) => typeof one === 'number' && Math.abs(one - value) <= tolerance);
  if (near !== undefined) return near as V;
  if (oneOf !== undefined && from === undefined && to === undefined) return undefined;
  if (from !== undefined && value < from - tolerance) return undefined;
  if (to !== undefined && value > to + tolerance) return undefined;
  const inside = Math.min(Math.max(value, from ?? value), to ?? value);
  if (whole !== true) return inside as V;
  return Math.abs(inside - Math.round(inside)) <= tolerance ? (Math.round(inside) as V) : undefined;
}

/** True if the setting can be nothing but this value, whatever else is asked. */
export function isFixed(setting: Setting): boolean {
  const [only, ...others] = setting.limits;
  return others.length === 0 && only?.when === undefined && only?.oneOf?.length === 1;
}

/**
 * Whether a value is offered in this situation; what only a newer edition offers is accepted and noted. `value` of the answer is
 * the offered value that the asked one stands for, and the asked one where it is refused.
 */
export function checkSetting<V extends Value>(
  card: Card,
  setting: Setting,
  path: string,
  value: V,
  situation: Situation,
  tolerance = 0,
): Findings & { value: V } {
  const found = noFindings();
  const inForce = setting.limits.filter((limit) => holds(limit.when, situation));
  let offered = value;
  let failed: Limit | undefined;
  for (const limit of inForce.filter((one) => one.newer !== true)) {
    const admitted = admit(limit, value, tolerance);
    if (admitted === undefined) failed ??= limit;
    else offered = admitted;
  }
  if (failed === undefined) return { ...found, value: offered };
  for (const limit of inForce.filter((one) => one.newer === true)) {
    const admitted = admit(limit, value, tolerance);
    if (admitted === undefined) continue;
    found.notes.push(makeNote('newer_edition', path, { found: admitted, model: card.id }, limit.source));
    return { ...found, value: admitted };
  }
  const values = { found: value, model: card.id, limit: limitWords(failed), condition: conditionWords(failed.when) };
  found.problems.push(problem('setting_not_offered', path, values, failed.source));
  return { ...found, value };
}
