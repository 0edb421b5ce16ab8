import { z } from 'zod';
import type { Json } from '../message.ts';

/** What is kept of a request's wire: it goes on unchanged where a service of this shape makes the film. */
const Echo = z.object({
  /** It came as a form. */
  form: z.boolean(),
  /** What the file was called that came as the picture. */
  file: z.object({ fileName: z.string(), mediaType: z.string() }).optional(),
});
export type Echo = z.infer<typeof Echo>;

/** Undefined for what another dialect kept, or nobody. */
export function readEcho(echo: Json | undefined): Echo | undefined {
  return Echo.safeParse(echo).data;
}
