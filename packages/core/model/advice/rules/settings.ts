import type { Card } from '../../card.ts';
import { listedSeconds } from '../../check/listed-seconds.ts';
import { holds, situationOf } from '../../film.ts';
import { makeAdvice } from '../advice.ts';
import type { Advised, Rule } from '../advised.ts';

const lowPixels = 480;

/**
 * Venice reference-to-video guide, Grok Imagine troubleshooting: "low quality: 480p is used; try 720p (costs more)". The fix is the
 * next tier that the model offers.
 */
export const lowTier: Rule = ({ request, card, film }) => {
  const found = film?.tier ?? request.tier;
  if (found === undefined || Number.parseInt(found, 10) > lowPixels) return [];
  const offered = card === undefined ? ['720p'] : card.formats.list.map(({ tier }) => tier);
  const [use] = [...new Set(offered)]
    .filter((tier) => Number.parseInt(tier, 10) > lowPixels)
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10));
  return use === undefined ? [] : [makeAdvice('low_tier', 'tier', { found, use }, { path: 'tier', value: use })];
};

/**
 * Venice reference-to-video guide, Grok Imagine troubleshooting: "the film is too short: the default is 8 s; set 10". Said where no
 * seconds are given and the model has both shorter and longer films than its default, so that the default was nobody's choice.
 */
export const shortByDefault: Rule = (advised) => {
  const { request, card } = advised;
  const [only] = request.shots;
  if (card === undefined || request.shots.length !== 1 || only?.seconds !== undefined) return [];
  if (listedSeconds(request) !== undefined) return [];
  const usual = card.seconds.default;
  if (typeof usual !== 'number') return [];
  const offered = secondsOffered(card, advised);
  const use = Math.min(...offered.filter((seconds) => seconds > usual));
  if (!Number.isFinite(use) || !offered.some((seconds) => seconds < usual)) return [];
  const path = 'shots[0].seconds';
  return [makeAdvice('short_by_default', path, { found: usual, use }, { path, value: use })];
};

const testSeconds = { from: 3, to: 5 };

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "test with clips of 3 to 5 s before you commit to longer ones". Said of
 * films that are paid for and that the model can also make that short.
 */
export const tryShortFirst: Rule = (advised) => {
  const { request, card, film } = advised;
  if (card === undefined || card.offline === true || film === undefined || film.seconds <= testSeconds.to) return [];
  // A model that starts from a short film of its own is not told two lengths at once.
  if (shortByDefault(advised).length > 0) return [];
  // Shots that the prompt times cannot be made in fewer seconds than it says.
  if (listedSeconds(request) !== undefined) return [];
  const short = secondsOffered(card, advised).filter((one) => one >= testSeconds.from && one <= testSeconds.to);
  if (short.length === 0) return [];
  const path = request.shots.length === 1 ? 'shots[0].seconds' : 'shots';
  const use = Math.max(...short);
  const fix = request.shots.length === 1 ? { path, value: use } : undefined;
  return [makeAdvice('try_short_first', path, { found: film.seconds, use }, fix)];
};

/** Whole seconds that the model can make of this request, as far as the card lists them or gives a range. */
function secondsOffered(card: Card, { request, film }: Advised): number[] {
  const offered = new Set<number>();
  for (const { when, oneOf, from, to } of card.seconds.limits) {
    const { seconds: _, ...situation } = situationOf(request, film);
    if (!holds(when, situation)) continue;
    for (const value of oneOf ?? []) if (typeof value === 'number') offered.add(value);
    if (from === undefined || to === undefined) continue;
    // What stands within a range is said by the test seconds alone: a range has no steps to choose from.
    for (let seconds = testSeconds.from; seconds <= testSeconds.to; seconds += 1) {
      if (seconds >= from && seconds <= to) offered.add(seconds);
    }
  }
  return [...offered].sort((one, other) => one - other);
}
