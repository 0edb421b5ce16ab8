import { type RawBuilder, sql } from 'kysely';
import { StoreError } from './store-error.ts';

/** Escapes that JSON can say and the database cannot keep: the NUL character, and half of a surrogate pair. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/**
 * A value for a `jsonb` column. @throws StoreError `text_unstorable`: whoever reads text from outside refuses such characters with a
 * path; this is the net below it.
 */
export function json<Value>(value: Value): RawBuilder<Value> {
  return sql<Value>`${jsonText(value)}::jsonb`;
}

/** The text of a value for a statement that reads it with `jsonb_to_recordset`. @throws as `json`. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new Error('a jsonb column was given a value that JSON cannot say');
  if (unstorable.test(text))
    throw new StoreError('text_unstorable', '', 'Text holds a NUL character or half of a surrogate pair: remove it.');
  if (isTooDeep(text))
    throw new StoreError('text_unstorable', '', `A value is nested more than ${deepest} levels deep.`);
  return text;
}

/** Levels of nesting that nothing of ours comes near. Without a limit a value could use up the database's stack. */
const deepest = 500;

function isTooDeep(text: string): boolean {
  // Each level takes two characters.
  if (text.length <= 2 * deepest) return false;
  let level = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === backslash) index += 1;
      else if (code === quote) quoted = false;
    } else if (code === quote) quoted = true;
    else if (code === bracket || code === brace) {
      level += 1;
      if (level > deepest) return true;
    } else if (code === bracketEnd || code === braceEnd) level -= 1;
  }
  return false;
}

const [quote, backslash, bracket, brace, bracketEnd, braceEnd] = [...'"\\[{]}'].map((sign) => sign.charCodeAt(0));
