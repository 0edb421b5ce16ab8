import { explainNote, explainProblem, type Language, type Note, type Problem, problemKind } from '@refreel/core/model';

/** An answer in JSON, in one piece, so that it can be kept and given again. */
export interface TextAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const jsonType = 'application/json; charset=utf-8';

export function jsonText(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): TextAnswer {
  return {
    status,
    headers: { 'content-type': jsonType, 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(value),
  };
}

export function toResponse({ status, headers, body }: TextAnswer): Response {
  // Some statuses may have no body, not even an empty one.
  return new Response(body === '' ? null : body, { status, headers });
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return toResponse(jsonText(status, value, headers));
}

/** Nobody reads more at a time. */
const mostProblems = 50;
/** What was found is repeated to its sender, who may have sent megabytes. */
const mostShownCharacters = 300;

/** The one shape of every refusal: the first problem, and all of them, with texts in the caller's language. */
export function refusalText(problems: readonly Problem[], language: Language): TextAnswer {
  const [first] = problems;
  if (first === undefined) throw new Error('a refusal without a problem');
  const { status, retryable } = problemKind(first.code);
  const shown = problems.slice(0, mostProblems).map((one) => showProblem(one, language));
  const more = problems.length - shown.length;
  return jsonText(
    status,
    { error: shown[0], problems: shown, ...(more > 0 && { more }) },
    {
      ...(retryable && { 'retry-after': '1' }),
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="refreel"' }),
      ...(status === 405 && { allow: [first.values.limit ?? []].flat().join(', ') }),
      ...(first.code === 'range_unsatisfiable' && { 'content-range': `bytes */${first.values.limit}` }),
    },
  );
}

export function refusal(problems: readonly Problem[], language: Language): Response {
  return toResponse(refusalText(problems, language));
}

/** A problem with its texts; what its sender wrote is shown as far as it helps to find it. */
export function showProblem(found: Problem, language: Language) {
  const values = Object.entries(found.values).map(([name, value]) => [name, shorten(value)] as const);
  const one: Problem = { ...found, path: shorten(found.path), values: Object.fromEntries(values) };
  return {
    code: one.code,
    ...explainProblem(one, language),
    path: one.path,
    values: one.values,
    ...(one.source !== undefined && { source: one.source }),
    retryable: problemKind(one.code).retryable,
  };
}

function shorten<Shown>(value: Shown): Shown {
  if (typeof value !== 'string' || value.length <= mostShownCharacters) return value;
  return `${value.slice(0, mostShownCharacters).toWellFormed()}…` as Shown;
}

export function showNote(one: Note, language: Language) {
  return { code: one.code, message: explainNote(one, language), path: one.path, values: one.values };
}

/** A header may be refused by what stands between when it grows past a few thousand characters. */
const mostNoteCharacters = 1000;

/** `x-refreel-notes`: "voice_dropped references[0].voice, …", bounded; "+3" says that three more are in the body. */
export function noteHeader(notes: readonly Note[]): Record<string, string> {
  if (notes.length === 0) return {};
  let text = '';
  for (const [index, { code, path }] of notes.entries()) {
    const one = `${text === '' ? '' : ', '}${code} ${encodeURI(path)}`.trimEnd();
    if (text.length + one.length > mostNoteCharacters) {
      text += `${text === '' ? '' : ', '}+${notes.length - index}`;
      break;
    }
    text += one;
  }
  return { 'x-refreel-notes': text };
}

/** Chinese where the caller prefers it to English; English otherwise. */
export function languageOfCaller(header: string | null): Language {
  let best: { language: Language; quality: number } = { language: 'en', quality: 0 };
  for (const entry of (header ?? '').slice(0, 1000).split(',')) {
    const [tag = '', ...settings] = entry
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const language = /^zh(?:-|$)/.test(tag) ? 'zh' : /^en(?:-|$)/.test(tag) ? 'en' : undefined;
    const weight = settings.find((one) => one.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if (language !== undefined && quality > best.quality) best = { language, quality };
  }
  return best.language;
}
