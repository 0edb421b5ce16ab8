import { fill, type Language, type Value } from './language.ts';
import type { ProblemKind } from './problem-kind.ts';
import { problemTable } from './problem-table.ts';

export type { ProblemKind } from './problem-kind.ts';

/** Every way in which something can be refused. */
export type ProblemCode = keyof typeof problemTable;

/** Values that fill a problem's texts. `limit` and `found` are there wherever a limit was passed. */
export type ProblemValues = Readonly<Record<string, Value>>;

/** Something refused: where, what, and, through its kind, what to do. Plain data; texts are made when shown. */
export interface Problem {
  readonly code: ProblemCode;
  /** Place in the request, such as `references[0].image`; empty for the request as a whole. */
  readonly path: string;
  readonly values: ProblemValues;
  /** Where the limit comes from: a key of the catalog's sources. */
  readonly source?: string;
}

/** Makes a problem; `values` fill the places of its kind's texts. */
export function problem(code: ProblemCode, path: string, values: ProblemValues = {}, source?: string): Problem {
  return source === undefined ? { code, path, values } : { code, path, values, source };
}

/** The row of a problem's kind: status, whose fault it is, texts. */
export function problemKind(code: ProblemCode): ProblemKind {
  return problemTable[code];
}

/** The texts of a problem, ready to be shown. `wire`: to somebody who asks by a vendor's wire, which cannot say all that ours can. */
export function explainProblem(
  found: Problem,
  language: Language,
  { wire = false }: { readonly wire?: boolean } = {},
): { message: string; remedy: string } {
  const kind = problemKind(found.code);
  const values = { ...found.values, path: found.path };
  const own = wire || kind.own === undefined ? '' : `${language === 'zh' ? '' : ' '}${kind.own[language]}`;
  return {
    message: fill(kind.message[language], values, language),
    remedy: fill(kind.remedy[language], values, language) + own,
  };
}

/** A problem on its way through code that cannot go on. Caught where an answer is made of it. */
export class Refusal extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map((one) => `${one.path}: ${explainProblem(one, 'en').message}`).join('\n'));
    this.name = 'Refusal';
    this.problems = problems;
  }
}
