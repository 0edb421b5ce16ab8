import { z } from 'zod';
import type { Json } from '../message.ts';

/** What is kept of a request's wire: answers repeat it, and it goes on unchanged where the vendor itself makes the film. */
const Echo = z.looseObject({
  metadata: z.record(z.string(), z.json()),
  /** How each reference came: by a role of `image_with_roles`, or null for one of `reference_images`. */
  roles: z.array(z.string().nullable()),
});
export type Echo = z.infer<typeof Echo>;

/** Undefined for what another dialect kept, or nobody. */
export function readEcho(echo: Json | undefined): Echo | undefined {
  return Echo.safeParse(echo).data;
}
