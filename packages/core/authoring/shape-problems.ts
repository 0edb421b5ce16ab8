import type { z } from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { type Problem, problem } from '../model/index.ts';
import { shapeWords } from './shape-words.ts';
import { ourName, unknownField } from './unknown-field.ts';

type Path = readonly PropertyKey[];

/** `references[0].image` from the parts of a path. */
export function pathText(parts: Path): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return path === '' ? String(part) : `${path}.${String(part)}`;
  }, '');
}

/** What a schema found wrong, as problems: one for each unknown field, one for each value of the wrong shape. */
export function shapeProblems(schema: z.ZodType, input: unknown, known: (path: Path) => readonly string[]): Problem[] {
  const listed = new Set<string>();
  const issues = schema.safeParse(input).error?.issues ?? [];
  return issues.flatMap((issue) => toProblems(issue, input, known, listed));
}

function toProblems(
  issue: $ZodIssue,
  input: unknown,
  known: (path: Path) => readonly string[],
  listed: Set<string>,
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const fields = known(issue.path);
    return issue.keys.map((key) => {
      const list = ourName(key, fields) === undefined && !listed.has(fields.join());
      if (list) listed.add(fields.join());
      return unknownField(pathText([...issue.path, key]), key, fields, list);
    });
  }
  const found = shapeWords(issue, valueAt(input, issue.path));
  return [problem('invalid_request', pathText(issue.path) || 'request', { found })];
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], input);
}
