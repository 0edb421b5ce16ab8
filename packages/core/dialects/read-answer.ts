import { type Localized, type Problem, problem } from '../model/index.ts';
import type { Read } from './dialect.ts';
import type { Answer } from './message.ts';

/** What tells a value of a schema from anything else. */
export interface Schema<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
}

/** Reads what an answer says, by a schema of the fields that are used; an error as its problem, which `refused` makes of it. */
export function answerReader(refused: (answer: Answer) => Problem | undefined) {
  return <Value>(answer: Answer, schema: Schema<Value>): Read<Value> => {
    const why = refused(answer);
    if (why !== undefined) return { ok: false, problems: [why] };
    const { status, body } = answer;
    const parsed = body.kind === 'json' ? schema.safeParse(body.value) : undefined;
    if (parsed?.success === true) return { ok: true, value: parsed.data, notes: [] };
    const found = { en: `status ${status}, not what was expected`, zh: `状态 ${status}，内容不符合预期` };
    return { ok: false, problems: [unexpected(found)] };
  };
}

/** An answer that says nothing that can be used. */
export function unexpected(found: Localized): Problem {
  return problem('answer_unreadable', '', { found });
}
