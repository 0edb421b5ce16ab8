import { createHash } from 'node:crypto';
import type { Caller, Generations, Outcome } from '../generations/service.ts';
import type { WholeGeneration } from '../store/index.ts';

/** Submits under a public id. */
export type Submit = (
  publicId: string | undefined,
  idempotencyKey: string | undefined,
) => Promise<Outcome<WholeGeneration>>;

/** Whose key it is, and how ids of the wire format by which it came look. */
export interface OnceOptions {
  readonly caller: Caller;
  readonly key: string;
  /** Of the request. */
  readonly fingerprint: string;
  /** A run before this one may have submitted it already. */
  readonly takenOver: boolean;
  readonly dialect: string;
  /** An id from 32 hexadecimal digits; the instant stands in some vendors' ids. */
  readonly publicId: (digits: string, instant: number) => string;
}

/** How long a key stands for the same request. */
const keepMilliseconds = 86_400_000;

/**
 * Submits under a public id that follows from key, request and day. A server that died between accepting and answering finds by it what it
 * accepted, and accepts nothing twice; once the day of a key is over, the next id is free.
 */
export async function submitOnce(
  { find }: Pick<Generations, 'find'>,
  { caller, key, fingerprint, takenOver, dialect, publicId }: OnceOptions,
  submit: Submit,
): Promise<Outcome<WholeGeneration>> {
  const today = Math.floor(Date.now() / keepMilliseconds);
  const idOf = (day: number) => {
    const digits = createHash('sha256').update(`${fingerprint}\n${key}\n${day}`).digest('hex').slice(0, 32);
    return publicId(digits, day * keepMilliseconds);
  };
  const known = async (day: number) => {
    const found = await find(caller, { dialect, publicId: idOf(day) });
    return found === undefined || Date.now() - found.createdAt.getTime() >= keepMilliseconds ? undefined : found;
  };
  const value = takenOver ? ((await known(today)) ?? (await known(today - 1))) : undefined;
  if (value !== undefined) return { ok: true, value };
  try {
    return await submit(idOf(today), key);
  } catch (error) {
    // Its commit may have come through although its answer did not.
    const accepted = await known(today).catch(() => undefined);
    if (accepted !== undefined) return { ok: true, value: accepted };
    throw error;
  }
}
