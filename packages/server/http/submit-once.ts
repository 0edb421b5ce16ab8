import { hash } from 'node:crypto';
import type { Caller, Generations, Outcome } from '../generations/service.ts';
import type { Run, WholeGeneration } from '../store/index.ts';

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
  readonly run: Pick<Run, 'takenOver'>;
  /** What else the id follows from: the first is of what is submitted now, under the others it may have been submitted before. */
  readonly instants: readonly [number, ...number[]];
  readonly dialect: string;
  /** An id from 32 hexadecimal digits; the instant stands in some vendors' ids. */
  readonly publicId: (digits: string, instant: number) => string;
}

/** How long a key stands for the same request. */
const keepMilliseconds = 86_400_000;

/** The day, and the day before: what was submitted under a key of a client's is found even where the key itself was lost. */
export function daysOfKey(): readonly [number, number] {
  const today = Math.floor(Date.now() / keepMilliseconds) * keepMilliseconds;
  return [today, today - keepMilliseconds];
}

/**
 * Submits under a public id that follows from key, request and instant. A server that died between accepting and answering finds by it what it
 * accepted, and accepts nothing twice; once the time of a key is over, the next id is free.
 */
export async function submitOnce(
  { find }: Pick<Generations, 'find'>,
  { caller, key, fingerprint, run, instants, dialect, publicId }: OnceOptions,
  submit: Submit,
): Promise<Outcome<WholeGeneration>> {
  const idOf = (instant: number) => {
    const digits = hash('sha256', `${fingerprint}\n${key}\n${instant}`).slice(0, 32);
    return publicId(digits, instant);
  };
  const known = async (instant: number) => {
    const found = await find(caller, { dialect, publicId: idOf(instant) });
    return found === undefined || Date.now() - found.createdAt.getTime() >= keepMilliseconds ? undefined : found;
  };
  if (run.takenOver)
    for (const instant of instants) {
      const value = await known(instant);
      if (value !== undefined) return { ok: true, value };
    }
  try {
    return await submit(idOf(instants[0]), key);
  } catch (error) {
    // Its commit may have come through although its answer did not.
    const accepted = await known(instants[0]).catch(() => undefined);
    if (accepted !== undefined) return { ok: true, value: accepted };
    throw error;
  }
}
