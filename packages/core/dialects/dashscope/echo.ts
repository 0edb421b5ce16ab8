import { z } from 'zod';
import type { Json } from '../message.ts';

/** What is kept of a request's wire: answers repeat it, and it goes on unchanged where the vendor itself makes the film. */
const Echo = z.looseObject({
  /** All of it, even what was cut off. */
  prompt: z.string(),
  /** `shot_type: multi`. */
  multi: z.boolean(),
  /** Of the exchange that made the task: the list repeats it. */
  requestId: z.string(),
});
export type Echo = z.infer<typeof Echo>;

/** Undefined for what another dialect kept, or nobody. */
export function readEcho(echo: Json | undefined): Echo | undefined {
  return Echo.safeParse(echo).data;
}
