import type { Card } from '../card.ts';
import type { Film } from '../film.ts';
import { characters } from '../language.ts';
import { unknownMention } from '../mention-problems.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import { isBlank, mentionsOf, plainPrompt, showPrompt, writeNamedMention } from '../prompt/prompt.ts';
import type { Request } from '../request.ts';
import { someNames } from '../some-names.ts';
import { shotTolerance } from './listed-seconds.ts';
import { type Findings, noFindings } from './setting.ts';
import { rangeWords } from './words.ts';

/**
 * Prompts and shots against the model. `encoded` is the prompt as the vendor will read it, where the caller knows it;
 * without it the prompt is counted as people read it.
 */
export function checkPrompts(
  request: Request,
  card: Card,
  film: Film | undefined,
  encoded: string | undefined,
): Findings {
  const found = noFindings();
  const { references, shots } = request;
  for (const [index, shot] of shots.entries()) {
    const path = `shots[${index}].prompt`;
    if (card.prompt.required && isBlank(shot.prompt)) found.problems.push(problem('prompt_empty', path));
    for (const mention of mentionsOf(shot.prompt)) {
      const reference = references.find((one) => one.id === mention.mention);
      if (reference === undefined) {
        found.problems.push(unknownMention(path, `@${mention.mention}`, references));
      } else if (mention.media !== undefined && !hasMedium(reference, mention.media)) {
        found.problems.push(problem('mention_without_media', path, { found: writeNamedMention(mention, references) }));
      }
    }
  }
  checkLength(request, card, encoded, found);
  checkShots(request, card, film, found);
  const mentioned = new Set(shots.flatMap((shot) => mentionsOf(shot.prompt).map((mention) => mention.mention)));
  if (mentioned.size > 0 && card.prompt.mentions === null)
    found.notes.push(makeNote('mentions_as_text', 'shots', { model: card.id }, card.prompt.source));
  const words = shots.map((shot) => plainPrompt(shot.prompt, references)).join(' ');
  const unnamed = references.filter(({ id, name }) => !mentioned.has(id) && !words.includes(name));
  if (unnamed.length > mostUnnamed) {
    const values = { count: unnamed.length, found: someNames(unnamed.map(({ name }) => name)) };
    found.notes.push(makeNote('references_unmentioned', 'references', values));
  } else {
    for (const one of unnamed)
      found.notes.push(
        makeNote('reference_unmentioned', `references[${references.indexOf(one)}]`, { found: one.name }),
      );
  }
  return found;
}

/** As many have a note each; more are told in one. */
const mostUnnamed = 3;

function hasMedium(
  reference: Request['references'][number],
  media: NonNullable<ReturnType<typeof mentionsOf>[number]['media']>,
): boolean {
  if (typeof media !== 'string') return 'angles' in reference && reference.angles?.[media.angle] !== undefined;
  if (media === 'clip')
    return reference.kind === 'video' || (reference.kind === 'subject' && reference.clip !== undefined);
  if (media === 'voice') return 'voice' in reference && reference.voice !== undefined;
  return reference.kind !== 'video' && reference.image !== undefined;
}

/** Longer than any documented limit (OpenAI's 32,000): where a vendor names none, or would cut what is beyond its own. Ours. */
const mostPrompt = 50_000;

function checkLength(request: Request, card: Card, encoded: string | undefined, found: Findings): void {
  const { most, cut, source } = card.prompt;
  const text = encoded ?? request.shots.map((shot) => showPrompt(shot.prompt, request.references)).join('\n');
  const length = characters(text);
  const path = request.shots.length === 1 ? 'shots[0].prompt' : 'shots';
  const longest = Math.max(mostPrompt, most ?? 0);
  const limit = cut === true ? longest : (most ?? longest);
  const valuesOf = (allowed: number) => ({ found: length, model: card.id, limit: allowed, over: length - allowed });
  if (length > limit)
    found.problems.push(problem('prompt_too_long', path, valuesOf(limit), limit === most ? source : 'ours'));
  else if (most !== null && length > most) found.notes.push(makeNote('prompt_cut', path, valuesOf(most), source));
  const negative = characters(request.negativePrompt ?? '');
  const negativeMost = card.prompt.negative ? card.prompt.negativeMost : null;
  if (negativeMost !== null && negative > negativeMost) {
    const values = { found: negative, model: card.id, limit: negativeMost, over: negative - negativeMost };
    found.problems.push(problem('negative_prompt_too_long', 'negativePrompt', values, source));
  }
}

function checkShots(request: Request, card: Card, film: Film | undefined, found: Findings): void {
  const { form, most, each, source } = card.shots;
  const count = request.shots.length;
  const model = card.id;
  if (count === 1) return;
  if (each !== undefined) {
    for (const [index, seconds] of (film?.shotSeconds ?? []).entries()) {
      if (seconds >= each.from - shotTolerance && seconds <= each.to + shotTolerance) continue;
      const values = { found: Number(seconds.toFixed(3)), model, limit: rangeWords(each.from, each.to) };
      found.problems.push(problem('shot_seconds', `shots[${index}].seconds`, values, source));
    }
  }
  if (most !== undefined && count > most) {
    found.problems.push(problem('too_many_shots', 'shots', { found: count, model, limit: most }, source));
    return;
  }
  if (form === 'own') return;
  if (form === 'text') {
    found.notes.push(makeNote('shots_as_text', 'shots', { found: count, model }, source));
    return;
  }
  found.notes.push(makeNote('shots_converted', 'shots', { found: count, model }, source));
  const timed = request.shots.some((shot) => shot.seconds !== undefined);
  // Only a shot list says each shot's seconds; the other forms have the film's alone.
  if (timed && form !== 'shot-list') found.notes.push(makeNote('shot_times_open', 'shots', { model }, source));
}
