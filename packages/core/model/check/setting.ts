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

export function noFindings(): Findings {
  return { problems: [], notes: [] };
}

/** Half a frame at 24 a second: as far as two durations may differ and still be the same. */
const tolerance = 0.5 / 24;

/** A limit with both a range and single values allows either. */
function meets(limit: Limit, value: string | number | boolean): boolean {
  const { oneOf, from, to } = limit;
  if (typeof value !== 'number') return oneOf === undefined || oneOf.includes(value);
  if (oneOf?.some((one) => typeof one === 'number' && Math.abs(one - value) < tolerance)) return true;
  if (oneOf !== undefined && from === undefined && to === undefined) return false;
  if (from !== undefined && value < from - tolerance) return false;
  if (to !== undefined && value > to + tolerance) return false;
  return limit.whole !== true || Math.abs(value - Math.round(value)) < tolerance;
}

/** True if the setting can be nothing but this value, whatever else is asked. */
export function isFixed(setting: Setting): boolean {
  const [only, ...others] = setting.limits;
  return others.length === 0 && only?.when === undefined && only?.oneOf?.length === 1;
}

/** Whether a value is offered in this situation; what only a newer edition offers is accepted and noted. */
export function checkSetting(
  card: Card,
  setting: Setting,
  path: string,
  value: string | number | boolean,
  situation: Situation,
): Findings {
  const found = noFindings();
  const inForce = setting.limits.filter((limit) => holds(limit.when, situation));
  const failed = inForce.find((limit) => limit.newer !== true && !meets(limit, value));
  if (failed === undefined) return found;
  const newer = inForce.find((limit) => limit.newer === true && meets(limit, value));
  if (newer !== undefined) {
    found.notes.push(makeNote('newer_edition', path, { found: value, model: card.id }, newer.source));
  } else {
    const values = { found: value, model: card.id, limit: limitWords(failed), condition: conditionWords(failed.when) };
    found.problems.push(problem('setting_not_offered', path, values, failed.source));
  }
  return found;
}
