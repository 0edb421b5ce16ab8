import type { Card } from '../card.ts';
import type { Facts } from '../facts.ts';
import { type Film, situationOf } from '../film.ts';
import type { MediaFit } from '../fit/plan-fit.ts';
import { explainNote, makeNote, type Note, noteEffect } from '../note.ts';
import { type Problem, problem } from '../problem.ts';
import type { Request } from '../request.ts';
import { checkMedia } from './media.ts';
import { checkPrompts } from './prompts.ts';
import { settle } from './settle.ts';
import { takeAs } from './take.ts';
import { checkTotals } from './totals.ts';

/** What a look at a request before it is made, or paid for, found. */
export interface Checked {
  /** Each refuses the request; none means that it can be made. */
  readonly problems: readonly Problem[];
  /** What will be done otherwise than asked, and what is worth knowing. */
  readonly notes: readonly Note[];
  /** What it comes to; undefined where problems leave no film to name. */
  readonly film: Film | undefined;
  /** The request as the model takes it. */
  readonly taken: Request;
  /** Media that must be made to fit before they are sent; only where the request allows it. */
  readonly fits: readonly MediaFit[];
}

/** What a caller may know besides. */
export interface CheckOptions {
  /** The prompt as the vendor will read it; its length is what the limit counts. */
  readonly encodedPrompt?: string;
}

/**
 * Holds a request against a model: every limit of its card, every setting, every mention, every measured medium.
 * Pure: the same request, card and facts always give the same answer, and nothing is changed, clamped or dropped without a note.
 */
export function check(request: Request, card: Card, facts: Facts, options: CheckOptions = {}): Checked {
  const problems: Problem[] = [...checkNames(request)];
  const notes: Note[] = [];
  const take = takeAs(request, card);
  const settled = settle(take.taken, card, facts);
  const { film } = settled;
  const media = checkMedia(take.taken, card, film, facts);
  const parts = [
    take,
    settled,
    checkTotals(take.taken, card, situationOf(take.taken, film)),
    media,
    checkPrompts(request, card, film, options.encodedPrompt),
  ];
  for (const part of parts) {
    problems.push(...part.problems);
    notes.push(...part.notes);
  }
  if (request.from !== undefined && !card.remix) notes.push(makeNote('remix_as_new', 'from', { model: card.id }));
  if (request.strict === true) problems.push(...strictProblems(notes));
  return { problems, notes, film, taken: take.taken, fits: media.fits };
}

function checkNames(request: Request): Problem[] {
  const problems: Problem[] = [];
  const names = new Set<string>();
  const ids = new Set<string>();
  for (const [index, { id, name, ...reference }] of request.references.entries()) {
    // The same letters, however they are composed, are the same name.
    const folded = name.normalize('NFC').toLowerCase();
    if (names.has(folded)) problems.push(problem('duplicate_name', `references[${index}].name`, { found: name }));
    // An id that is the name was made of it: the name's problem says all.
    else if (ids.has(id)) problems.push(problem('duplicate_id', `references[${index}].id`, { found: id }));
    names.add(folded);
    ids.add(id);
    if (reference.kind === 'subject' && reference.image === undefined && reference.clip === undefined)
      problems.push(problem('subject_without_image', `references[${index}]`));
  }
  return problems;
}

/** Under `strict`, whatever would only be done less well than asked is refused. */
export function strictProblems(notes: readonly Note[]): Problem[] {
  return notes
    .filter((note) => noteEffect(note.code) === 'degraded')
    .map((note) => {
      const found = { en: explainNote(note, 'en'), zh: explainNote(note, 'zh') };
      return problem('strict_refuses', note.path, { found }, note.source);
    });
}
