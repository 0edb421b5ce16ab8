import type { $ZodIssue } from 'zod/v4/core';
import type { Localized } from '../model/index.ts';

/** What a schema found wrong with one value, as the end of a sentence: "it is -3, and must be more than 0". */
export function shapeWords(issue: $ZodIssue, value: unknown): Localized {
  const { en, zh } = wanted(issue);
  if (value === undefined) return { en: `it is missing, and must be ${en}`, zh: `缺失，应为${zh}` };
  const shown = show(value);
  return { en: `it is ${shown.en}, and must be ${en}`, zh: `现为 ${shown.zh}，应为${zh}` };
}

/** Longer values are named by their kind. */
const mostShown = 40;

function show(value: unknown): Localized {
  if (Array.isArray(value))
    return value.length === 0 ? { en: 'an empty list', zh: '空列表' } : { en: 'a list', zh: '列表' };
  if (typeof value === 'object' && value !== null) return { en: 'a group of fields', zh: '一组字段' };
  if (value === '') return { en: 'empty', zh: '空' };
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > mostShown ? { en: 'a long text', zh: '长文字' } : { en: text, zh: text };
}

function wanted(issue: $ZodIssue): Localized {
  const said = ours.get(issue.message);
  if (said !== undefined) return said;
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? { en: issue.expected, zh: issue.expected };
    case 'too_small':
      return bound(issue.origin, 'small', Number(issue.minimum), issue.inclusive === true);
    case 'too_big':
      return bound(issue.origin, 'big', Number(issue.maximum), issue.inclusive === true);
    case 'invalid_value': {
      const values = issue.values.map(String);
      return { en: `one of ${values.join(', ')}`, zh: `其中之一：${values.join('、')}` };
    }
    case 'invalid_union': {
      // A member that got further into the value says less of what the value as a whole should be.
      const wants = issue.errors.flatMap((list) =>
        list.filter(({ path, code }) => path.length === 0 && code !== 'unrecognized_keys').map(wanted),
      );
      const first = wants.length > 0 ? wants : [{ en: 'of another shape', zh: '其他格式' }];
      const join = (words: readonly string[], or: string) => [...new Set(words)].join(or);
      return {
        en: join(
          first.map(({ en }) => en),
          ' or ',
        ),
        zh: join(
          first.map(({ zh }) => zh),
          '或',
        ),
      };
    }
    default:
      return { en: issue.message, zh: issue.message };
  }
}

const types: Readonly<Record<string, Localized>> = {
  number: { en: 'a number', zh: '数字' },
  int: { en: 'a whole number', zh: '整数' },
  string: { en: 'text', zh: '文字' },
  boolean: { en: 'true or false', zh: ' true 或 false' },
  array: { en: 'a list', zh: '列表' },
  object: { en: 'a group of fields', zh: '一组字段' },
  record: { en: 'a group of fields', zh: '一组字段' },
};

function bound(origin: string, end: 'small' | 'big', limit: number, inclusive: boolean): Localized {
  if (origin === 'string' && end === 'small' && limit === 1) return { en: 'some text', zh: '非空文字' };
  const unit = origin === 'string' ? units.string : origin === 'array' || origin === 'set' ? units.array : units.number;
  const [en, zh] = inclusive
    ? end === 'small'
      ? ['at least', '至少']
      : ['at most', '至多']
    : end === 'small'
      ? ['more than', '大于']
      : ['less than', '小于'];
  return { en: `${en} ${limit}${unit.en}`, zh: `${zh} ${limit}${unit.zh}` };
}

const units = {
  string: { en: ' characters long', zh: ' 个字符' },
  array: { en: ' long', zh: ' 项' },
  number: { en: '', zh: '' },
} as const;

/** A message for a schema that says what a value should be, as the end of a sentence: problems then tell it in both languages. */
export function shapeMessage(words: Localized): string {
  ours.set(words.en, words);
  return words.en;
}

/** What our own schemas say of a pattern, as the end of a sentence. */
const ours = new Map<string, Localized>([
  [
    'a size is width x height, such as "1280x720"',
    { en: 'width x height, such as "1280x720"', zh: '“宽x高”，例如“1280x720”' },
  ],
  [
    'a ratio is two whole numbers such as "16:9"',
    { en: 'two whole numbers, such as "16:9"', zh: '两个整数，例如“16:9”' },
  ],
  ['a tier is pixels and "p", such as "720p"', { en: 'pixels and "p", such as "720p"', zh: '像素数加“p”，例如“720p”' }],
  [
    'a name is 1 to 40 letters, digits, "_" or "-" (no spaces, no "@")',
    {
      en: '1 to 40 letters, digits, "_" or "-" (no spaces, no "@")',
      zh: ' 1 到 40 个文字、数字、“_”或“-”，不含空格和“@”',
    },
  ],
  ['a currency is capital letters such as "USD"', { en: 'capital letters such as "USD"', zh: '大写字母，例如“USD”' }],
  ['Invalid ISO datetime', { en: 'an instant such as "2026-11-20T07:00:00Z"', zh: '时刻，例如“2026-11-20T07:00:00Z”' }],
]);
