import { makeNote, type Note, type Problem, problem } from '../../model/index.ts';
import { type Ask, type Body, type FormPart, type Json, jsonBody, mediaTypeOf } from '../message.ts';
import { shown } from '../shown.ts';

/** A file that came in a form. `bytes` is a handle. */
export type FormFile = Extract<FormPart, { readonly bytes: string }>;

/** What a body says, whether it came as JSON or as a form. */
export interface Fields {
  /** Of a form, texts only: "seconds" of "4", never of 4. */
  readonly value: Json;
  readonly files: readonly FormFile[];
  readonly form: boolean;
}

/**
 * Reads JSON, or the form that the vendor's own client sends (npm openai 7.55.0): `input_reference[image_url]` for what is inside of an
 * object, `image_list[][image]` for what is inside of a list, in order.
 */
export function readFields(ask: Ask): Fields | { readonly problems: Problem[] } {
  const { body } = ask;
  if (body.kind === 'form') return readForm(body.parts);
  const type = mediaTypeOf(ask);
  if (type !== 'application/json') {
    const found = type ?? { en: 'something unnamed', zh: '未声明的类型' };
    const limit = 'application/json, multipart/form-data';
    return { problems: [problem('content_type', 'Content-Type', { found, limit })] };
  }
  if (body.kind === 'json') return { value: body.value, files: [], form: false };
  const found = { en: 'it is no JSON', zh: '不是 JSON' };
  return { problems: [problem('body_unreadable', '', { found, limit: { en: 'a JSON object', zh: ' JSON 对象' } })] };
}

type Branch = { [key: string]: Branch } | Branch[] | string;

/** Names that go deeper are words: no field of this wire does. */
const mostDepth = 4;

function readForm(parts: readonly FormPart[]): Fields | { readonly problems: Problem[] } {
  const root: { [key: string]: Branch } = Object.create(null);
  const files: FormFile[] = [];
  const problems: Problem[] = [];
  const repeated = (name: string) =>
    problems.push(problem('invalid_request', name, { found: { en: 'it is given twice', zh: '重复出现' } }));
  for (const part of parts) {
    if ('bytes' in part) {
      if (part.bytes === '') problems.push(problem('field_missing', part.name));
      if (files.some(({ name }) => name === part.name)) repeated(part.name);
      files.push(part);
    } else if (!put(root, stepsOf(part.name), part.value)) repeated(part.name);
  }
  for (const { name } of files) if (Object.hasOwn(root, name)) repeated(name);
  return problems.length > 0 ? { problems } : { value: root, files, form: true };
}

/** "image_list[][type]" as "image_list", "", "type". */
function stepsOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (match === null) return [name];
  const steps = [match[1]!, ...match[2]!.slice(1, -1).split('][')];
  return steps.length > mostDepth || steps.at(-1) === '__proto__' ? [name] : steps;
}

/** False where something else stands there already. */
function put(holder: { [key: string]: Branch }, [step = '', ...rest]: readonly string[], value: string): boolean {
  const there = Object.hasOwn(holder, step) ? holder[step] : undefined;
  if (rest.length === 0) {
    if (there !== undefined) return false;
    holder[step] = value;
    return true;
  }
  if (rest[0] !== '') {
    const inner = there ?? emptyBranch();
    holder[step] = inner;
    return typeof inner === 'object' && !Array.isArray(inner) && put(inner, rest, value);
  }
  const list = there ?? [];
  if (!Array.isArray(list)) return false;
  holder[step] = list;
  const inside = rest.slice(1);
  if (inside.length === 0) {
    list.push(value);
    return true;
  }
  const last = list.at(-1);
  // A name that comes again begins the next entry: nothing else in a form says where one ends.
  const open = typeof last === 'object' && !Array.isArray(last) && !Object.hasOwn(last, inside[0]!) ? last : undefined;
  const entry = open ?? emptyBranch();
  if (open === undefined) list.push(entry);
  return put(entry, inside, value);
}

function emptyBranch(): { [key: string]: Branch } {
  return Object.create(null);
}

/** Fields as a body: JSON, or a form as the vendor's client sends it. Files can be sent in a form only. */
export function writeFields(
  fields: { readonly [key: string]: Json },
  form: boolean,
  files: readonly FormFile[] = [],
): { readonly headers: Readonly<Record<string, string>>; readonly body: Body } {
  if (!form && files.length === 0) return { headers: { 'content-type': 'application/json' }, body: jsonBody(fields) };
  const parts = Object.entries(fields).flatMap(([name, value]) => partsOf(name, value));
  // The boundary in the header is made by whoever sends the form.
  return { headers: {}, body: { kind: 'form', parts: [...parts, ...files] } };
}

function partsOf(name: string, value: Json): FormPart[] {
  if (Array.isArray(value)) return value.flatMap((entry: Json) => partsOf(`${name}[]`, entry));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => partsOf(`${name}[${key}]`, inner as Json));
  return [{ name, value: String(value) }];
}

/** What is said of fields that nobody documents; `null` says nothing. */
export function extrasOf(
  fields: object,
  known: readonly string[],
  model: string,
  refused: boolean,
): { readonly problems: Problem[]; readonly notes: Note[] } {
  const extras = Object.entries(fields).filter(([name, value]) => !known.includes(name) && value !== null);
  if (refused)
    return { problems: extras.map(([name]) => problem('unknown_field', name.slice(0, 80), { hint: '' })), notes: [] };
  const note = ([name, value]: [string, unknown]) =>
    makeNote('setting_ignored', name.slice(0, 80), { found: shown(value), model });
  return { problems: [], notes: extras.map(note) };
}
