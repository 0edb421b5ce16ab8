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
  const found: Localized = { en: plain(issue), zh: translated(plain(inChinese)) };
  return [problem('invalid_request', pathText(issue.path) || 'request', { found })];
}

/** Without a full stop, since the message goes on. A union says what each of its members would have wanted. */
function plain(issue: $ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const wants = issue.errors.flatMap((list) =>
      list.filter(({ path }) => path.length === 0).map((member) => plain(member)),
    );
    if (wants.length > 0) return [...new Set(wants)].join(' / ');
  }
  return issue.message.replace(/^(?:Invalid input: |无效输入：)/u, '').replace(/[.。]$/u, '');
}

/** What our own schemas say, in Chinese: the library translates only its own words. */
const ours: ReadonlyMap<string, string> = new Map([
  ['a size is width x height, such as "1280x720"', '尺寸写作“宽x高”，例如“1280x720”'],
  ['a ratio is two whole numbers such as "16:9"', '宽高比为两个整数，例如“16:9”'],
  ['a tier is pixels and "p", such as "720p"', '清晰度为像素数加“p”，例如“720p”'],
  [
    'a name is 1 to 40 letters, digits, "_" or "-" (no spaces, no "@")',
    '名称为 1 到 40 个文字、数字、“_”或“-”，不含空格和“@”',
  ],
]);

function translated(words: string): string {
  return words
    .split(' / ')
    .map((part) => ours.get(part) ?? part)
    .join(' / ');
}
