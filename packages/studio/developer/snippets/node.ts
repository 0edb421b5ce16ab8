import type { Json } from '@refreel/core/dialects';
import { aroundId, type Course, idMark, type Place, type WireAsk } from '../course.ts';
import { anyKey, keyVariable, lookSeconds } from './key.ts';

/** A course as a module for Node.js 20 or newer. */
export function nodeSnippet({ base, key, create, id, look, state, film }: Course): string {
  const auth = Object.entries(key(keySlot)).map(
    ([name, value]) => `${property(name)}: ${value === keySlot ? 'key' : `\`${value}\``}`,
  );
  const lines = [
    "import { writeFile } from 'node:fs/promises';",
    '',
    `const base = ${literal(base)};`,
    `const key = process.env.${keyVariable} ?? ${literal(anyKey)};`,
    '',
    'async function ask(method, path, { headers, body } = {}) {',
    `  const answer = await fetch(base + path, { method, headers: { ${[...auth, '...headers'].join(', ')} }, body });`,
    '  if (!answer.ok) throw new Error(await answer.text());',
    '  return answer;',
    '}',
    '',
    ...(create.body.kind === 'json' ? [`const body = ${literal(create.body.value)};`] : []),
    ...(create.body.kind === 'form' ? formLines(create.body.fields) : []),
    `const accepted = await (await ${call(create)}).json();`,
    `const id = accepted${at(id)};`,
    '',
  ];
  const isFilm = film.is === 'answer';
  const failed = `[${state.failed.map((word) => literal(word)).join(', ')}]`;
  lines.push(
    isFilm ? 'let answer;' : 'let seen;',
    'while (true) {',
    isFilm ? `  answer = await ${call(look)};` : `  seen = await (await ${call(look)}).json();`,
    ...(isFilm
      ? ["  if (answer.headers.get('content-type') === 'video/mp4') break;", '  const seen = await answer.json();']
      : [`  if (seen${at(state.at)} === ${literal(state.done)}) break;`]),
    `  if (${failed}.includes(seen${at(state.at)})) throw new Error(JSON.stringify(seen));`,
    `  await new Promise((resolve) => setTimeout(resolve, ${lookSeconds * 1000}));`,
    '}',
    '',
  );
  if (film.is === 'address') lines.push(`const film = await fetch(seen${at(film.at)});`);
  else lines.push(`const film = ${film.is === 'path' ? `await ${call(film.ask)}` : 'answer'};`);
  lines.push("await writeFile('film.mp4', Buffer.from(await film.arrayBuffer()));", '');
  return lines.join('\n');
}

function formLines(fields: readonly { readonly name: string; readonly value: string }[]): string[] {
  return [
    'const body = new FormData();',
    ...fields.map(({ name, value }) => `body.append(${literal(name)}, ${literal(value)});`),
  ];
}

function call({ method, path, headers, body }: WireAsk): string {
  const named = Object.entries(headers).map(([name, value]) => `${property(name)}: ${literal(value)}`);
  const parts = [
    ...(named.length > 0 ? [`headers: { ${named.join(', ')} }`] : []),
    ...(body.kind === 'json' ? [`body: JSON.stringify(${bodyOf(body.value)})`] : []),
    ...(body.kind === 'form' ? ['body'] : []),
  ];
  const rest = parts.length > 0 ? `, { ${parts.join(', ')} }` : '';
  return `ask(${literal(method)}, ${idText(path)}${rest})`;
}

/** The body of the create has a name; a body with the id in it is short. */
function bodyOf(value: Json): string {
  if (aroundId(JSON.stringify(value)).length === 1) return 'body';
  return literal(value, false).replaceAll(`'${idMark}'`, 'id');
}

function idText(path: string): string {
  return path.includes(idMark) ? `\`${path.replaceAll(idMark, `\${id}`)}\`` : literal(path);
}

function at(place: Place): string {
  return place
    .map((step) => (typeof step === 'number' ? `[${step}]` : isName(step) ? `.${step}` : `[${literal(step)}]`))
    .join('');
}

function property(name: string): string {
  return isName(name) ? name : literal(name);
}

function isName(word: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(word);
}

/** JSON as JavaScript writes it. */
export function literal(value: Json, broad = true, depth = 0): string {
  if (typeof value === 'string') {
    const said = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
    return `'${said.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((one: Json) => literal(one, broad, depth + 1))
    : Object.entries(value).map(([key, one]) => `${property(key)}: ${literal(one as Json, broad, depth + 1)}`);
  const line = isList ? `[${items.join(', ')}]` : `{ ${items.join(', ')} }`;
  if (items.length === 0) return isList ? '[]' : '{}';
  if (!broad || line.length <= lineLength) return line;
  const indent = '  '.repeat(depth + 1);
  return `${isList ? '[' : '{'}\n${items.map((item) => `${indent}${item},\n`).join('')}${'  '.repeat(depth)}${isList ? ']' : '}'}`;
}

const lineLength = 80;
const keySlot = `\${key}`;
