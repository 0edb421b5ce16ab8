import { type Problem, problem } from '../model/index.ts';
import type { CodecContext, Exchange, Landfall, Question, UploadFile, Written } from './dialect.ts';
import type { Answer, Ask } from './message.ts';
import { retryLater } from './retry-later.ts';

/** An ask that has nothing that could be refused. */
export function alwaysWritten(asked: Written<Ask>): Ask {
  if (asked.ok) return asked.message;
  throw new Error(`an ask cannot be written: ${asked.problems.map(({ code }) => code).join(', ')}`);
}

/** Why something was refused, whatever else was wrong with it. */
export function firstOf(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem('answer_unreadable', '', { found: '' });
}

/** How a file gets to a vendor that takes it in one form and tells its address in the answer. `seconds`: after which a busy one is asked again. */
export function uploadByForm(
  { ask, answer: codec }: Exchange<'upload'>,
  questionOf: (file: UploadFile) => Extract<Question, { does: 'upload' }>,
  seconds: number,
) {
  return {
    send: (file: UploadFile, _: Answer | undefined, context: CodecContext) => ({
      ask: alwaysWritten(ask.encode(questionOf(file), context)),
      url: undefined,
    }),
    sent(
      answer: Answer,
      context: CodecContext,
    ): { readonly url: string } | Extract<Landfall, { is: 'failed' | 'later' }> {
      const read = codec.decode(answer, questionOf({ fileName: '', mediaType: '', bytes: '' }), context);
      if (read.ok) return read.value;
      const found = firstOf(read.problems);
      const busy = found.code === 'rate_limited' || answer.status >= 500;
      return busy ? retryLater(answer, seconds) : { is: 'failed', problem: found, billed: 'no' };
    },
    keptSeconds: null,
  };
}
