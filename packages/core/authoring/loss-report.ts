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
import { holdersOf } from './paths.ts';
import { type PlacedFindings, placeFindings } from './place-findings.ts';
import { review } from './review.ts';
import type { Review, ReviewOptions } from './review-with.ts';
import { ownFields, type SetField, setFields } from './set-fields.ts';
import { translate } from './translate.ts';

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
  /** It can be made; where the request is strict, with nothing less than was asked. */
  readonly ok: boolean;
  /** It can be made with nothing less than was asked. */
  readonly okStrict: boolean;
  /** One line for each field that the request sets. */
  readonly fields: readonly FieldFate[];
  /** How many fields have each fate. */
  readonly counts: Readonly<Record<Fate, number>>;
  /** Of no field that is set: what is missing, and what holds for the request as a whole. */
  readonly whole: { readonly notes: readonly Note[]; readonly problems: readonly Problem[] };
  /** What refuses it; under `strict`, `strictProblems` do besides. */
  readonly problems: readonly Problem[];
  readonly strictProblems: readonly Problem[];
  /** What it comes to, and costs; undefined where it is refused. */
  readonly film: Film | undefined;
  readonly quote: Quote | undefined;
  /** The prompt as the model reads it. */
  readonly prompt: string;
}

/** How a report is made, and what is known besides. */
export interface LossOptions extends ReviewOptions {
  /** What refuses the request whatever the model: a medium that cannot be read. */
  readonly problems?: readonly Problem[];
  /** What whoever would be asked for it says besides. */
  readonly notes?: readonly Note[];
}

/** Says field by field what becomes of a request on a model: what its card's check and its dialect's codec say, joined. Pure. */
export function lossReport(request: Request, model: string, facts: Facts, options: LossOptions = {}): LossReport {
  const asked: Request = { ...request, model };
  const fields = setFields(asked);
  // Its own verdict under `strict` is said beside the other; other models have reports of their own.
  const { strict: _, alternatives: __, ...lenient } = asked;
  const reviewed = review(lenient, facts, { ...options, advice: false });
  const { card } = reviewed;
  const translated = card === undefined ? { notes: [], problems: [] } : translate(lenient, card, reviewed);
  const said = [...reviewed.notes, ...translated.notes];
  const isSaid = (note: Note) => said.some(({ code, path }) => code === note.code && path === note.path);
  const notes = [...said, ...(options.notes ?? []).filter((note) => !isSaid(note))];
  const known = options.problems ?? [];
  const alternatives = unknownAlternatives(request, options.cards);
  const problems = [...known, ...reviewed.problems, ...translated.problems, ...alternatives];
  const placed = placeFindings(asked, fields, { notes, problems });
  const told = withHolders(fields, placed).map((field) => fateOf(field, asked, placed, reviewed));
  const counts = { exact: 0, converted: 0, degraded: 0, refused: 0 };
  for (const { fate } of told) counts[fate] += 1;
  const strict = strictProblems(notes);
  const okStrict = problems.length + strict.length === 0;
  const ok = asked.strict === true ? okStrict : problems.length === 0;
  return {
    model,
    ok,
    okStrict,
    fields: told,
    counts,
    whole: placed.whole,
    problems,
    strictProblems: strict,
    film: ok ? reviewed.film : undefined,
    quote: ok ? reviewed.quote : undefined,
    prompt: reviewed.prompt,
  };
}

function unknownAlternatives({ alternatives = [] }: Request, cards: readonly Card[] | undefined): Problem[] {
  return alternatives.flatMap((id, index) =>
    findCard(id, cards) === undefined ? [{ ...unknownModel(id, cards), path: `alternatives[${index}]` }] : [],
  );
}

/** Lists and references of which something is found as a whole stand before what they hold. */
function withHolders(fields: readonly SetField[], { notes, problems }: PlacedFindings): SetField[] {
  const told = new Set(fields.map(({ path }) => path));
  const names = new Map(fields.map(({ path, asked }) => [path, asked]));
  const all: SetField[] = [];
  for (const field of fields) {
    for (const path of holdersOf(field.path)) {
      if (told.has(path) || (!notes.has(path) && !problems.has(path))) continue;
      told.add(path);
      const name = names.get(`${path}.name`);
      all.push({ path, asked: name === undefined ? String(countOf(path, fields)) : `@${name}` });
    }
    all.push(field);
  }
  return all;
}

/** How many a list holds. */
function countOf(path: string, fields: readonly SetField[]): number {
  const inList = fields.map((field) => (field.path.startsWith(`${path}[`) ? field.path.slice(path.length) : ''));
  return new Set(inList.flatMap((rest) => /^\[\d+\]/.exec(rest)?.[0] ?? [])).size;
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
  const becomes = path.endsWith('.prompt') ? both(byItself, said) : (said ?? byItself);
  const fate = fateOfNotes === 'exact' && becomes !== undefined && said === undefined ? 'converted' : fateOfNotes;
  return { path, asked, fate, becomes, notes, problems };
}

/** What a prompt's mentions become, and what else is done to it. */
function both(one: Becomes | undefined, other: Becomes | undefined): Becomes | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const inLanguage = (words: Becomes, language: 'en' | 'zh') => (typeof words === 'string' ? words : words[language]);
  return {
    en: `${inLanguage(one, 'en')}; ${inLanguage(other, 'en')}`,
    zh: `${inLanguage(one, 'zh')}；${inLanguage(other, 'zh')}`,
  };
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
