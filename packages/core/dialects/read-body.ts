import type { z } from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';
import { type Localized, type Problem, problem } from '../model/index.ts';
import type { Body } from './message.ts';

const { localeError: chinese } = zhCN();

/** Nobody reads more faults of one body. */
const mostIssues = 1000;

/** A body as what it should be, or a problem for each place where it is not, called as the wire calls it: "input.media[0].url". */
export function readBody<Schema extends z.ZodType>(
  body: Body,
  schema: Schema,
): { readonly value: z.infer<Schema> } | { readonly problems: Problem[] } {
  if (body.kind !== 'json') {
    const found = { en: 'it is no JSON', zh: '不是 JSON' };
    return {
      problems: [problem('body_unreadable', '', { found, limit: { en: 'a JSON object', zh: ' JSON 对象' } })],
    };
  }
  const parsed = schema.safeParse(body.value, { reportInput: true });
  if (parsed.success) return { value: parsed.data };
  return {
    problems: parsed.error.issues
      .slice(0, mostIssues)
      .map((issue) => problem('invalid_request', showPath(issue.path), { found: wordsOf(issue) })),
  };
}

function wordsOf(issue: z.core.$ZodIssue): Localized {
  const zh = chinese(issue as z.core.$ZodRawIssue);
  return { en: issue.message, zh: typeof zh === 'string' ? zh : (zh?.message ?? issue.message) };
}

/** "input.media[0].url"; "body" for the whole. */
function showPath(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return written === '' ? 'body' : written.replace(/^\./, '');
}
