import type { Json } from '@refreel/core/dialects';
import { aroundId, type Course, type Place, type WireAsk } from '../course.ts';
import { anyKey, keyVariable, lookSeconds } from './key.ts';

/** A course as a Python program that needs nothing but Python's own library. */
export function pythonSnippet({ base, key, create, id, look, state, film }: Course): string {
  const auth = Object.entries(key('§')).map(([name, value]) => `${literal(name)}: ${keyed(value)}`);
  const isForm = create.body.kind === 'form';
  const lines = [
    `import json, os, time, urllib.${isForm ? 'parse, urllib.' : ''}request`,
    '',
    `BASE = ${literal(base)}`,
    `KEY = os.environ.get(${literal(keyVariable)}, ${literal(anyKey)})`,
    '',
    '',
    'def ask(method, path, body=None, headers={}):',
    `    headers = {${[...auth, '**headers'].join(', ')}}`,
    '    request = urllib.request.Request(BASE + path, body, headers, method=method)',
    '    with urllib.request.urlopen(request) as answer:',
    '        return answer.headers.get_content_type(), answer.read()',
    '',
    '',
    ...(create.body.kind === 'json' ? [`body = ${literal(create.body.value)}`] : []),
    ...(create.body.kind === 'form' ? formLines(create.body.fields) : []),
    `_, accepted = ${call(create, isForm ? 'form' : undefined)}`,
    `id = json.loads(accepted)${at(id)}`,
    '',
  ];
  const failed = `(${state.failed.map((word) => literal(word)).join(', ')}${state.failed.length === 1 ? ',' : ''})`;
  const isFilm = film.is === 'answer';
  lines.push(
    'while True:',
    `    kind, answer = ${call(look)}`,
    ...(isFilm ? ['    if kind == "video/mp4":', '        break'] : []),
    '    seen = json.loads(answer)',
    ...(isFilm ? [] : [`    if seen${at(state.at)} == ${literal(state.done)}:`, '        break']),
    `    if seen${at(state.at)} in ${failed}:`,
    '        raise SystemExit(answer.decode())',
    `    time.sleep(${lookSeconds})`,
    '',
  );
  if (film.is === 'address')
    lines.push(`with urllib.request.urlopen(seen${at(film.at)}) as answer:`, '    film = answer.read()');
  else if (film.is === 'path') lines.push(`_, film = ${call(film.ask)}`);
  else lines.push('film = answer');
  lines.push('with open("film.mp4", "wb") as file:', '    file.write(film)', '');
  return lines.join('\n');
}

/** A form of texts, as `multipart/form-data`. */
function formLines(fields: readonly { readonly name: string; readonly value: string }[]): string[] {
  return [
    `fields = ${literal(fields.map(({ name, value }) => [name, value]))}`,
    'boundary = "film" + os.urandom(16).hex()',
    'parts = [f\'--{boundary}\\r\\nContent-Disposition: form-data; name="{name}"\\r\\n\\r\\n{value}\\r\\n\' for name, value in fields]',
    'form = "".join([*parts, f"--{boundary}--\\r\\n"]).encode()',
  ];
}

function call({ method, path, headers, body }: WireAsk, form?: string): string {
  const words = [literal(method), idText(path)];
  const named = form === undefined ? headers : { ...headers, 'content-type': 'multipart/form-data; boundary=§' };
  if (body.kind === 'json') words.push(`json.dumps(${aroundIdIn(body.value)}).encode()`);
  if (form !== undefined) words.push(form);
  const list = Object.entries(named).map(
    ([name, value]) =>
      `${literal(name)}: ${value.endsWith('§') ? `${literal(value.slice(0, -1))} + boundary` : literal(value)}`,
  );
  if (list.length > 0) words.push(`${body.kind === 'none' ? 'None, ' : ''}{${list.join(', ')}}`);
  return `ask(${words.join(', ')})`;
}

/** The body of the create has a name; a body with the id in it is short. */
function aroundIdIn(value: Json): string {
  const said = JSON.stringify(value);
  if (aroundId(said).length === 1) return 'body';
  return literal(value, false).replace(/"([^"]*)\{\{id\}\}([^"]*)"/g, (_, before, after) =>
    [before && literal(before), 'id', after && literal(after)].filter(Boolean).join(' + '),
  );
}

function idText(path: string): string {
  return aroundId(path)
    .map((part) => (part === '' ? '' : literal(part)))
    .join(' + id + ')
    .replace(/ \+ $/, '');
}

function keyed(value: string): string {
  const [before = '', after = ''] = value.split('§');
  return [before && literal(before), 'KEY', after && literal(after)].filter(Boolean).join(' + ');
}

function at(place: Place): string {
  return place.map((step) => `[${literal(step)}]`).join('');
}

/** JSON as Python writes it. */
function literal(value: Json, broad = true, depth = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value).replace(/\u007f/g, '\\u007f');
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((one: Json) => literal(one, broad, depth + 1))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${literal(one as Json, broad, depth + 1)}`);
  const line = `${open}${items.join(', ')}${close}`;
  if (!broad || line.length <= lineLength || items.length === 0) return line;
  const indent = '    '.repeat(depth + 1);
  return `${open}\n${items.map((item) => `${indent}${item},\n`).join('')}${'    '.repeat(depth)}${close}`;
}

const lineLength = 80;
