import { z } from 'zod';
import type { Json } from '../message.ts';

/** What is kept of a request's wire: it goes on unchanged where the vendor itself makes the film. */
const Echo = z.looseObject({
  /** Null where the shots came as a list. */
  prompt: z.string().nullable(),
});

/** The prompt as it came; undefined where it did not come by this dialect, or not as one text. */
export function promptOf(echo: Json | undefined): string | undefined {
  return Echo.safeParse(echo).data?.prompt ?? undefined;
}
