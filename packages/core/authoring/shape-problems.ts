import { z } from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { type Localized, type Problem, problem } from '../model/index.ts';

const chinese = z.locales.zhCN().localeError;

/** `references[0].image` from the parts of a path. */
export function pathText(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, '');
}

/** What a schema found wrong, as problems: one for each unknown field, one for each value of the wrong shape. */
export function shapeProblems(
  schema: z.ZodType,
  input: unknown,
  known: (path: readonly PropertyKey[]) => readonly string[],
): Problem[] {
  const issues = schema.safeParse(input).error?.issues ?? [];
  const translated = schema.safeParse(input, { error: (issue) => chinese(issue) }).error?.issues ?? [];
  return issues.flatMap((issue, index) => toProblems(issue, translated[index] ?? issue, known));
}

function toProblems(
  issue: $ZodIssue,
  inChinese: $ZodIssue,
  known: (path: readonly PropertyKey[]) => readonly string[],
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const limit = known(issue.path);
    return issue.keys.map((key) => problem('unknown_field', pathText([...issue.path, key]), { limit }));
  }
  const found: Localized = { en: plain(issue), zh: plain(inChinese) };
  return [problem('invalid_request', pathText(issue.path) || 'request', { found })];
}

/** Without a full stop, since the message goes on. A union says what each of its members would have wanted. */
function plain(issue: $ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const wants = issue.errors.flatMap((list) =>
      list.filter(({ path }) => path.length === 0).map(({ message }) => message),
    );
    if (wants.length > 0) return [...new Set(wants)].join(' / ');
  }
  return issue.message.replace(/[.。]$/u, '');
}
