import { z } from 'zod';

/**
 * A length as the wire has it: "8" in the guide, "8s" in the specification. Words such as "auto" are for models that follow a
 * source clip, which none of these does.
 */
export const WireSeconds = z.string().regex(/^[1-9]\d{0,3}s?$/, 'it must be whole seconds such as "8" or "8s"');

/** Seconds of "8" or "8s". */
export function readSeconds(text: string): number {
  return Number.parseInt(text, 10);
}

/** "8s": the specification lists these words, and the guide's "8" is not among them. */
export function writeSeconds(seconds: number): string {
  return `${seconds}s`;
}
