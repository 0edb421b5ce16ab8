import { fill, type Language } from '../language.ts';
import type { ProblemValues } from '../problem.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { Request } from '../request.ts';
import { adviceTable } from './advice-table.ts';

export type AdviceCode = keyof typeof adviceTable;

/** A change of one place of the request that follows the advice. */
export interface AdviceFix {
  /** `shots[0].prompt`, `shots[0].seconds` or `tier`. */
  readonly path: string;
  readonly value: Prompt | string | number;
}

/** What would make a better film. It never refuses anything, and nothing is changed by itself. */
export interface Advice {
  readonly code: AdviceCode;
  /** Place in the request; `shots` or `references` for all of them. */
  readonly path: string;
  readonly values: ProblemValues;
  /** Made from the request as it was advised on: after one fix is applied, advise again before applying another. */
  readonly fix?: AdviceFix;
}

/** Makes an advice; `values` fill the places of its kind's texts. */
export function makeAdvice(code: AdviceCode, path: string, values: ProblemValues = {}, fix?: AdviceFix): Advice {
  return fix === undefined ? { code, path, values } : { code, path, values, fix };
}

/** The texts of an advice, ready to be shown. */
export function explainAdvice(advice: Advice, language: Language): { message: string; remedy: string } {
  const { message, remedy } = adviceTable[advice.code];
  const values = { ...advice.values, path: advice.path };
  return { message: fill(message[language], values, language), remedy: fill(remedy[language], values, language) };
}

/** The request with an advice's fix applied; the same request where there is none. Throws on a path that no rule writes. */
export function applyAdvice(request: Request, { fix }: Advice): Request {
  if (fix === undefined) return request;
  const shot = /^shots\[(\d+)\]\.(prompt|seconds)$/.exec(fix.path);
  if (shot !== null) {
    const index = Number(shot[1]);
    const shots = request.shots.map((one, at) => (at === index ? { ...one, [shot[2]!]: fix.value } : one));
    return { ...request, shots };
  }
  if (fix.path === 'tier' && typeof fix.value === 'string') {
    // A size would go on deciding the pixels.
    const { size: _, ...rest } = request;
    return { ...rest, tier: fix.value };
  }
  throw new Error(`no advice writes ${fix.path}`);
}
