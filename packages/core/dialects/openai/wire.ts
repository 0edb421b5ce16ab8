import { z } from 'zod';
import { type Problem, problem } from '../../model/index.ts';
import type { Json } from '../message.ts';

/** "4": a text on this wire, never a number. */
export const WireSeconds = z
  .string()
  .regex(/^(?!0+(?:\.0+)?$)\d{1,4}(?:\.\d{1,6})?$/, 'it must be seconds as text, such as "4"');

export const WireSize = z
  .string()
  .regex(/^[1-9]\d{1,4}x[1-9]\d{1,4}$/, 'it must be width x height in pixels, such as "1280x720"');

/** Pixels of "1280x720", which `WireSize` let pass. */
export function readSize(size: string): { width: number; height: number } {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
}

/** Numbers come as such in JSON and as text in a form. */
const numberOrText = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,10}(?:\.\d{1,6})?$/, 'it must be a number')
    .transform(Number),
]);

export const WireSeed = numberOrText.refine(
  (seed) => Number.isInteger(seed) && seed >= 0 && seed <= 2_147_483_647,
  'it must be a whole number in [0, 2147483647]',
);

export const WireFps = numberOrText.refine((fps) => fps > 0 && fps <= 1000, 'it must be more than 0');

/**
 * Texts that came as something else, in the vendor's own words: "Invalid type for 'seconds': expected a string, but got a number
 * instead."
 */
export function wrongTypes(value: Json, names: readonly string[]): Problem[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const record = value as { readonly [key: string]: Json };
  return names.flatMap((name) => {
    const given = Object.hasOwn(record, name) ? record[name] : undefined;
    if (given === undefined || given === null || typeof given === 'string') return [];
    return [
      problem('invalid_request', name, {
        found: `expected a string, but got ${article(given)} instead`,
        wrongType: true,
      }),
    ];
  });
}

function article(value: Json): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return Number.isInteger(value) ? 'an integer' : `a ${typeof value}`;
}

const seconds = z.union([z.string(), z.number()]).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const codeText = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

/** What a client reads of a video: only the fields that are used, each of which may be missing. */
export const WireVideo = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  model: text,
  progress: number,
  prompt: text,
  created_at: number,
  completed_at: number,
  seconds,
  /** SGLang's, where it keeps films on the web. */
  url: text,
  /** The code is a status at vLLM-Omni (protocol/videos.py@48e60262), and missing at SGLang. */
  error: z.looseObject({ code: codeText, message: text }).optional().catch(undefined),
  /** Qiniu's. */
  task_result: z
    .looseObject({ videos: z.array(z.looseObject({ url: z.string().min(1), duration: seconds })) })
    .optional()
    .catch(undefined),
});
export type WireVideo = z.infer<typeof WireVideo>;

/** `has_more` is left out by SGLang, which sends all. */
export const WireList = z.looseObject({ data: z.array(WireVideo), has_more: z.boolean().optional().catch(undefined) });

export const WireModels = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });

/** An error: the original's, one without its envelope (a client of Qiniu's reads both), or that of FastAPI, which the engines are made with. */
export const WireError = z.union([
  z.looseObject({
    error: z.looseObject({ message: text, code: z.union([z.string(), z.number()]).nullish().catch(undefined) }),
  }),
  z.looseObject({ message: z.string(), code: z.union([z.string(), z.number()]).nullish().catch(undefined) }),
  z.looseObject({ detail: z.string() }),
  /** What does not fit its schema is listed. */
  z.looseObject({
    detail: z.array(z.looseObject({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })),
  }),
]);
export type WireError = z.infer<typeof WireError>;
