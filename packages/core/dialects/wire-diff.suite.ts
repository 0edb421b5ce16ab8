import type { Ask, Body, Json } from './message.ts';

/** The places at which two asks say something else: "path", "header x", "query x", and places of the body such as "input.media[0].url". */
export function diffAsks(one: Ask, other: Ask): string[] {
  return [
    ...(one.method === other.method ? [] : ['method']),
    ...(one.path === other.path ? [] : ['path']),
    ...(one.address === other.address ? [] : ['address']),
    ...diffNamed('query', one.query, other.query),
    ...diffNamed('header', one.headers, other.headers),
    ...diffBodies(one.body, other.body),
  ];
}

/** The places at which two bodies say something else; the whole is "". */
export function diffBodies(one: Body, other: Body): string[] {
  if (one.kind === 'json' && other.kind === 'json') return diffJson(one.value, other.value);
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [''];
}

/** The deepest places at which two JSON values differ. Lists of another length differ as a whole; the order of keys means nothing. */
export function diffJson(one: Json | undefined, other: Json | undefined, path = ''): string[] {
  if (one === other) return [];
  const lists = Array.isArray(one) && Array.isArray(other);
  if (lists && one.length === other.length)
    return one.flatMap((value: Json, index) => diffJson(value, other[index], `${path}[${index}]`));
  if (lists || !isRecord(one) || !isRecord(other)) return [path];
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.flatMap((key) => diffJson(one[key], other[key], path === '' ? key : `${path}.${key}`));
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function diffNamed(
  what: string,
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.filter((name) => one[name] !== other[name]).map((name) => `${what} ${name}`);
}
