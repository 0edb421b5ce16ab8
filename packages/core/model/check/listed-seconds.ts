import type { Card } from '../card.ts';
import type { Situation } from '../film.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import { readShotList } from '../prompt/shot-list.ts';
import type { Request } from '../request.ts';
import { checkSetting, type Findings } from './setting.ts';
import { rangeWords } from './words.ts';

/** As far as two lengths may differ and still be the same: half a frame. */
export const shotTolerance = 0.5 / 24;

/** Seconds of the shots that the words of a lone prompt list; undefined where it lists none, or leaves some without a time. */
export function listedSeconds({ shots }: Request): number[] | undefined {
  const [only, ...others] = shots;
  if (only === undefined || others.length > 0) return undefined;
  const seconds = readShotList(only.prompt)?.shots.map((shot) => shot.seconds);
  return seconds?.every((one) => one !== undefined) ? (seconds as number[]) : undefined;
}

/**
 * The film's seconds where the prompt's own shot list gives them and the request does not; undefined where the request or the model's
 * default decides. Models that read such a list are held to it; to all others its times are words, and a note says so.
 */
export function settleListed(request: Request, card: Card, situation: Situation, found: Findings): number | undefined {
  const listed = listedSeconds(request);
  if (listed === undefined) return undefined;
  const { form, each, source } = card.shots;
  const path = 'shots[0].prompt';
  const sum = Number(listed.reduce((all, one) => all + one, 0).toFixed(6));
  const binding = form === 'shot-list';
  if (binding && each !== undefined) {
    for (const [index, seconds] of listed.entries()) {
      if (seconds >= each.from - shotTolerance && seconds <= each.to + shotTolerance) continue;
      const values = { number: index + 1, found: seconds, model: card.id, limit: rangeWords(each.from, each.to) };
      found.problems.push(problem('listed_shot_seconds', path, values, source));
    }
  }
  const given = request.shots[0]?.seconds;
  if (given !== undefined) {
    if (Math.abs(given - sum) <= shotTolerance) return undefined;
    if (binding)
      found.problems.push(problem('listed_seconds_differ', 'shots[0].seconds', { found: given, limit: sum }, source));
    else found.notes.push(makeNote('listed_seconds_ignored', path, { found: sum, limit: given }));
    return undefined;
  }
  const fits = checkSetting(card, card.seconds, path, sum, { ...situation, seconds: sum }).problems.length === 0;
  const usual = card.seconds.default;
  // A vendor that reads no shot list takes its own length, whatever the words say; those that do, and our own, take the list's.
  if (!fits && !binding && form !== 'own' && typeof usual === 'number') {
    found.notes.push(makeNote('listed_seconds_ignored', path, { found: sum, limit: usual }));
    return undefined;
  }
  found.notes.push(makeNote('seconds_of_list', path, { found: sum }));
  return sum;
}
