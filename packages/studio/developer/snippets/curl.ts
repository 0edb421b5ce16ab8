import { aroundId, type Course, type Place, type WireAsk } from '../course.ts';
import { anyKey, keyVariable, lookSeconds } from './key.ts';

/** A course as a shell script with curl and sed. */
export function curlSnippet({ base, key, create, id, look, state, film }: Course): string {
  const auth = Object.entries(key('$key')).map(([name, value]) => `-H "${name}: ${value}"`);
  const isFilm = film.is === 'answer';
  const file = isFilm ? 'film.mp4' : 'state.json';
  const failed = `${state.failed.join('|')}) cat ${file}; exit 1 ;;`;
  const looking = isFilm
    ? [
        ...assigned('type', ask(look, auth, "-o film.mp4 -w '%{content_type}'")),
        '  if [ "$type" = video/mp4 ]; then break; fi',
        `  case $(field ${file} ${nameAt(state.at)}) in ${failed} esac`,
      ]
    : [
        ...ask(look, auth, `> ${file}`).map((line, index) => (index === 0 ? `  ${line}` : line)),
        `  case $(field ${file} ${nameAt(state.at)}) in`,
        `    ${state.done}) break ;;`,
        `    ${failed}`,
        '  esac',
      ];
  const last =
    film.is === 'address'
      ? [`curl -sf -o film.mp4 "$(field ${file} ${nameAt(film.at)})"`]
      : film.is === 'path'
        ? ask(film.ask, auth, '-o film.mp4')
        : [];
  return text([
    'set -e',
    `base=${quote(base)}`,
    `key=\${${keyVariable}:-${anyKey}}`,
    '',
    '# The first text of that name in a file of JSON.',
    `field() { tr -d '\\n' < "$1" | grep -ao "\\"$2\\" *: *\\[* *\\"[^\\"]*\\"" | head -n 1 | sed 's/.*"\\([^"]*\\)"$/\\1/'; }`,
    '',
    ...ask(create, auth, '> accepted.json'),
    `id=$(field accepted.json ${nameAt(id)})`,
    '',
    'while true; do',
    ...looking,
    `  sleep ${lookSeconds}`,
    'done',
    ...(last.length > 0 ? ['', ...last] : []),
  ]);
}

/** A variable that gets what a command says. */
function assigned(name: string, [first = '', ...rest]: readonly string[]): string[] {
  const lines = [`  ${name}=$(${first}`, ...rest];
  return [...lines.slice(0, -1), `${lines.at(-1)})`];
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** One call. A body of JSON comes behind it, in which nothing needs to be quoted but the id. */
function ask({ method, path, headers, body }: WireAsk, auth: readonly string[], rest: string): string[] {
  const address = `"$base${aroundId(path).join('$id')}"`;
  const named = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  const method_ = method === (body.kind === 'none' ? 'GET' : 'POST') ? [] : ['-X', method];
  const words = ['curl', '-sf', ...method_, address, ...auth, ...named];
  if (body.kind === 'none') return [[...words, rest].join(' ')];
  if (body.kind === 'form') {
    const fields = body.fields.map(({ name, value }) => `  --form-string ${quote(`${name}=${value}`)}`);
    return [`${words.join(' ')} \\`, ...fields.map((field) => `${field} \\`), `  ${rest}`];
  }
  const json = JSON.stringify(body.value, null, 2);
  const parts = aroundId(json);
  if (parts.length === 1) return [`${words.join(' ')} --data-binary @- ${rest} <<'JSON'`, json, 'JSON'];
  const quoted = aroundId(JSON.stringify(body.value)).map((part) => `'${part.replaceAll("'", `'\\''`)}'`);
  return [`${words.join(' ')} -d ${quoted.join('"$id"')} ${rest}`];
}

function quote(words: string): string {
  return /^[\w./:=@%+-]+$/.test(words) ? words : `'${words.replaceAll("'", `'\\''`)}'`;
}

/** The name by which a script finds a value: its own, or that of the list in which it is the first. */
function nameAt(place: Place): string {
  return String(place.findLast((step) => typeof step === 'string') ?? '');
}
