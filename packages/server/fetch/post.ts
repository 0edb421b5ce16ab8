import type { Deadlines } from './deadlines.ts';
import { dial } from './dial.ts';
import { type Guard, readPublic } from './download.ts';
import { ask, type Message } from './exchange.ts';
import { resolveTarget } from './resolve.ts';

/** Of an answer only the status counts; this is what its head may take on the wire. */
const mostAnswerBytes = 64 * 1024;

/** Sends a message to an address that somebody named, checked like every other, and follows no redirect. Throws `FetchRefused` or the signal's reason. */
export async function post(
  guard: Guard,
  url: string,
  message: Message,
  deadlines: Deadlines,
): Promise<{ readonly status: number }> {
  const target = readPublic(guard, url);
  const addresses = await deadlines.hold(resolveTarget(target, guard));
  deadlines.progress();
  const dialled = await dial(target, addresses, guard.authorities, deadlines.signal);
  deadlines.progress();
  const answer = await ask(target, dialled, mostAnswerBytes, deadlines.signal, message);
  answer.close();
  return { status: answer.status };
}
