import { RefreelError } from './error.ts';
import { pause } from './pause.ts';

/** Statuses after which the same request may succeed, where the answer itself does not say. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

/** Reads `Retry-After`: seconds, or an HTTP date. Undefined for anything else. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
}

/** A server that asks for more is asked again by a person. */
const mostRetryAfterSeconds = 60;
const firstDelayMilliseconds = 400;
const mostDelayMilliseconds = 8000;

/** How long to wait before the given retry (0 is the first): longer each time, and not all clients at once. */
export function retryDelay(retry: number, chance: number = Math.random()): number {
  const most = Math.min(mostDelayMilliseconds, firstDelayMilliseconds * 2 ** retry);
  return most * (0.5 + chance / 2);
}

/** Waits before the given retry of what failed. @throws the failure itself where another try has no point, or there were enough */
export async function beforeRetry(
  failure: unknown,
  retry: number,
  retries: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!(failure instanceof RefreelError) || !failure.retryable || retry >= retries) throw failure;
  const asked = failure.retryAfterSeconds ?? 0;
  if (asked > mostRetryAfterSeconds) throw failure;
  await pause(Math.max(asked * 1000, retryDelay(retry)), signal);
}
