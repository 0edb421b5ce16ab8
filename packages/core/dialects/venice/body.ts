import type { z } from 'zod';
import { type Problem, problem } from '../../model/index.ts';
import { type Ask, mediaTypeOf } from '../message.ts';
import { readBody } from '../read-body.ts';

/** An ask's JSON as what it should be. Every body of this vendor is JSON and says so: anything else is "invalid content type" there. */
export function readJson<Schema extends z.ZodType>(
  ask: Ask,
  schema: Schema,
): { readonly value: z.infer<Schema> } | { readonly problems: Problem[] } {
  const type = mediaTypeOf(ask);
  if (type === 'application/json') return readBody(ask.body, schema);
  const found = type ?? { en: 'something unnamed', zh: '未声明的类型' };
  return { problems: [problem('content_type', 'Content-Type', { found, limit: 'application/json' })] };
}

/** A problem for each field that is not there. */
export function missing(fields: Readonly<Record<string, string | null | undefined>>): Problem[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (value ?? '') === '' ? [problem('field_missing', name)] : [],
  );
}
