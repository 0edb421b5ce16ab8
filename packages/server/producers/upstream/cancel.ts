import { type Localized, problem } from '@refreel/core/model';
import { contextOf } from './compose.ts';
import { asHandle, type Course, tellable } from './course.ts';
import { landfallOf } from './look.ts';
import { type Going, moveTo, type Sender, type Step } from './step.ts';

/** Times that a vendor is told of a cancel before its silence is taken for an answer. */
const mostTold = 3;

/**
 * Takes an attempt back at its vendor, where it can be, and says what that may still cost. A film that is finished by now is paid for, and
 * brought in. Throws the signal's reason.
 */
export async function cancelOnce(sender: Sender, { course }: Going, signal: AbortSignal): Promise<Step> {
  const { account, wire, limits } = sender;
  const { voyage } = account.dialect;
  if (course.voyage === undefined) return mayCost(words.unknown);
  let taken: boolean | undefined;
  if (voyage.cancel !== undefined) {
    const ask = voyage.cancel(course.voyage, contextOf(account));
    const sent = await wire.ask(ask, undefined, { seconds: limits.lookSeconds }, signal);
    const status = sent.is === 'answer' ? sent.answer.status : 0;
    const busy = status === 0 || status === 408 || status === 429 || status >= 500;
    const told = (course.uncancelled ?? 0) + 1;
    if (busy && told < mostTold)
      return { is: 'wait', seconds: account.lookIntervalSeconds, course: { ...course, uncancelled: told } };
    taken = status >= 200 && status < 300;
  }
  const landfall = await landfallOf(sender, course, signal);
  switch (landfall.is) {
    case 'films': {
      const paid: Course = { ...course, films: tellable(landfall.films), seenAt: Date.now() };
      return moveTo('fetching', { handle: asHandle(paid), dueInSeconds: 0 });
    }
    case 'failed':
      return moveTo('cancelled', { billed: landfall.billed });
    case 'gone':
      // Where taking it back deletes it, it is gone then.
      return taken === true ? moveTo('cancelled', { billed: 'unknown' }) : mayCost(words.unknown);
    default:
      return mayCost(taken === undefined ? words.cannot : taken ? words.taken : words.late);
  }
}

/** The end of an attempt that may have been paid although nobody wants it any more. */
export function mayCost(found: Localized): Step {
  return moveTo('cancelled', { billed: 'unknown', problems: [problem('cancel_may_cost', '', { found })] });
}

export const words = {
  unknown: { en: 'whether it was accepted there is not known', zh: '不确定其是否已接收' },
  cannot: { en: 'it cannot be cancelled there', zh: '该供应商不支持取消' },
  taken: { en: 'it took the cancel, and has not said that it stopped', zh: '已接收取消请求，但未确认停止' },
  late: { en: 'it did not take the cancel', zh: '未接受取消请求' },
} as const satisfies Record<string, Localized>;
