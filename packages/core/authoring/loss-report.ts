import { findCard, type Quote, unknownModel } from '../catalog/index.ts';
import {
  type Card,
  type Facts,
  type Film,
  type Note,
  noteEffect,
  type Problem,
  type Request,
  strictProblems,
} from '../model/index.ts';
import { type Becomes, becomesOf } from './becomes.ts';
import { becomesByItself } from './becomes-by-itself.ts';
import { type PlacedFindings, placeFindings } from './place-findings.ts';
import { type Review, type ReviewOptions, review } from './review.ts';
import { ownFields, type SetField, setFields } from './set-fields.ts';
import { isWithin, translate } from './translate.ts';

/** What becomes of a field, from best to worst. `converted`: said in other words, and means the same there. `degraded`: less than asked. */
export const fates = ['exact', 'converted', 'degraded', 'refused'] as const;
export type Fate = (typeof fates)[number];

/** What becomes of one field of a request on one model. */
export interface FieldFate {
  /** In the canonical request; a list of shots, and a reference of which something is found as a whole, have a line of their own. */
  readonly path: string;
  /** What the request says, as people read it. */
  readonly asked: string;
  readonly fate: Fate;
  /** What it is there; undefined where it is what was asked, or is refused. */
  readonly becomes: Becomes | undefined;
  /** Why; notes of an exact field are remarks. Each has its source, where a document says it. */
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** Everything that is lost, and everything that is not, where a model makes a request. */
export interface LossReport {
  readonly model: string;
  /** It can be made. */
  readonly ok: boolean;
  /** It can be made with nothing less than was asked. */
  readonly okStrict: boolean;
  /** One line for each field that the request sets. */
  readonly fields: readonly FieldFate[];
  /** How many fields have each fate. */
  readonly counts: Readonly<Record<Fate, number>>;
  /** Of no field that is set: what is missing, and what holds for the request as a whole. */
  readonly whole: { readonly notes: readonly Note[]; readonly problems: readonly Problem[] };
  /** Everything that refuses it; under `strict` these and `strictProblems`. */
  readonly problems: readonly Problem[];
  readonly strictProblems: readonly Problem[];
  readonly film: Film | undefined;
  readonly quote: Quote | undefined;
  /** The prompt as the model reads it. */
  readonly prompt: string;
}

/** Says field by field what becomes of a request on a model: what its card's check and its dialect's codec say, joined. Pure. */
export function lossReport(request: Request, model: string, facts: Facts, options: ReviewOptions = {}): LossReport {
  const asked: Request = { ...request, model };
  const fields = setFields(asked);
  // Its own verdict under `strict` is said beside the other; other models have reports of their own.
  const { strict: _, alternatives: __, ...lenient } = asked;
  const reviewed = review(lenient, facts, { ...options, advice: false });
  const { card } = reviewed;
  const translated = card === undefined ? { notes: [], problems: [] } : translate(lenient, card, reviewed);
  const notes = [...reviewed.notes, ...translated.notes];
  const problems = [...reviewed.problems, ...translated.problems, ...unknownAlternatives(request, options.cards)];
  const placed = placeFindings(asked, fields, { notes, problems });
  const told = withContainers(fields, placed).map((field) => fateOf(field, asked, placed, reviewed));
  const counts = { exact: 0, converted: 0, degraded: 0, refused: 0 };
  for (const { fate } of told) counts[fate] += 1;
  const strict = strictProblems(notes);
  return {
    model,
    ok: problems.length === 0,
    okStrict: problems.length + strict.length === 0,
    fields: told,
    counts,
    whole: placed.whole,
    problems,
    strictProblems: strict,
    film: reviewed.film,
    quote: reviewed.quote,
    prompt: reviewed.prompt,
  };
}

function unknownAlternatives({ alternatives = [] }: Request, cards: readonly Card[] | undefined): Problem[] {
  return alternatives.flatMap((id, index) =>
    findCard(id, cards) === undefined ? [{ ...unknownModel(id, cards), path: `alternatives[${index}]` }] : [],
  );
}

/** Lists and references of which something is found as a whole stand before what they hold. */
function withContainers(fields: readonly SetField[], { notes, problems }: PlacedFindings): SetField[] {
  const paths = new Set(fields.map(({ path }) => path));
  const missing = [...new Set([...notes.keys(), ...problems.keys()])].filter((path) => !paths.has(path));
  const all = [...fields];
  // The outer first, so that an inner one is put behind it.
  for (const path of missing.sort((one, other) => one.length - other.length)) {
    const first = all.findIndex((field) => isWithin(field.path, path));
    const name = all.find((field) => field.path === `${path}.name`)?.asked;
    const held = fields.filter((field) => field.path.startsWith(`${path}[`) && field.path.endsWith('.id')).length;
    all.splice(first, 0, { path, asked: name === undefined ? String(held || '') : `@${name}` });
  }
  return all;
}

const own: readonly string[] = ownFields;

function fateOf({ path, asked }: SetField, request: Request, placed: PlacedFindings, reviewed: Review): FieldFate {
  const notes = placed.notes.get(path) ?? [];
  const problems = placed.problems.get(path) ?? [];
  // What a refused reference holds goes nowhere with it.
  const reference = /^references\[\d+\]/.exec(path)?.[0];
  const isLost = reference !== undefined && reference !== path && placed.problems.has(reference);
  if (problems.length > 0 || isLost || reviewed.card === undefined)
    return { path, asked, fate: own.includes(path) ? 'exact' : 'refused', becomes: undefined, notes: [], problems };
  const fateOfNotes = worst(notes.map(({ code }) => noteFate(code)));
  const telling = notes.filter(({ code }) => noteFate(code) === fateOfNotes);
  const said = telling.map(becomesOf).find((words) => words !== undefined);
  const byItself = becomesByItself(path, request, reviewed);
  const becomes = said ?? byItself;
  const fate = fateOfNotes === 'exact' && becomes !== undefined && said === undefined ? 'converted' : fateOfNotes;
  return { path, asked, fate, becomes, notes, problems };
}

/** What a note says of its field: one that only remarks leaves it what it is. */
export function noteFate(code: Note['code']): Exclude<Fate, 'refused'> {
  const effect = noteEffect(code);
  return effect === 'accepted' ? 'exact' : effect;
}

function worst(found: readonly Exclude<Fate, 'refused'>[]): Exclude<Fate, 'refused'> {
  if (found.includes('degraded')) return 'degraded';
  return found.includes('converted') ? 'converted' : 'exact';
}
