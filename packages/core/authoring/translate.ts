import { type CodecContext, findDialect } from '../dialects/index.ts';
import {
  type Card,
  type Media,
  type Note,
  noteEffect,
  type Problem,
  type Prompt,
  type Request,
  replaceMedia,
} from '../model/index.ts';
import { holdersOf, isWithin } from './paths.ts';

/** What a dialect changes and refuses of a request, at the paths of the request. */
export interface Translation {
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** `translate`, as whoever is given it sees it. */
export type Translate = typeof translate;

/**
 * What writing a request for its model's vendor would change, beyond what `found`, the check of the card, has said already. Nothing is sent.
 * What is refused is taken out and the rest written again, so that a refusal of one field does not hide what becomes of another.
 * How media get to the vendor is aside: every medium counts as one that is there. `card` is that of the region.
 */
export function translate(request: Request, card: Card, found: Translation): Translation {
  const create = findDialect(card.dialect)?.exchanges.create?.[0];
  if (create === undefined) return { notes: [], problems: [] };
  const context: CodecContext = { requestId: '', now: 0, region: undefined, findCard: () => card };
  const plain = comparable(request);
  // A prompt that is refused already, perhaps for its length, is not written once more.
  const inPrompts = found.problems.filter(({ path }) => path.startsWith('shots['));
  let asked = without(plain, inPrompts)?.request ?? plain;
  let places = request.references.map((_, index) => index);
  const problems: Problem[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    const written = create.ask.encode({ does: 'create', request: asked, echo: null, notes: [] }, context);
    const atPlace = <Finding extends Note | Problem>(one: Finding): Finding => ({
      ...one,
      path: toPlace(one.path, places),
    });
    if (written.ok) {
      const told = { notes: found.notes, problems: [...found.problems, ...problems] };
      return { notes: written.notes.map(atPlace).filter(newsAfter(told, request, card)), problems };
    }
    const known = [...found.problems, ...problems];
    const codes = new Set(known.map(({ code }) => code));
    problems.push(
      ...written.problems
        .map(atPlace)
        .filter((one) => !codes.has(one.code) && !known.some((two) => isSamePlace(one, two))),
    );
    const left = without(asked, written.problems);
    if (left === undefined) break;
    places = left.kept.map((place) => places[place]!);
    asked = left.request;
  }
  return { notes: [], problems };
}

/** Each round takes something out, and few requests are wrong in more ways. */
const mostRounds = 12;

/** The request with every medium named as one that any vendor can read, and without what the check alone decides. */
function comparable({ from: _, alternatives: __, ...request }: Request): Request {
  const names = new Map<Media, string>();
  return replaceMedia(request, (media) => {
    if (!names.has(media)) names.set(media, `https://media.invalid/${names.size + 1}`);
    return names.get(media)!;
  });
}

function toPlace(path: string, places: readonly number[]): string {
  return path.replace(/^references\[(\d+)\]/, (_, index) => `references[${places[Number(index)] ?? index}]`);
}

function isSamePlace({ path }: Problem, other: Problem): boolean {
  return isWithin(path, other.path) || isWithin(other.path, path);
}

/** Tells of a note whether what was found before does not say it already. */
function newsAfter(found: Translation, request: Request, card: Card): (note: Note) => boolean {
  const refused = new Set(found.problems.map(({ path }) => path));
  const told = new Set(found.notes.flatMap(({ code, path }) => [`${code} ${path}`, `${noteEffect(code)} ${path}`]));
  const toldOfPrompts = new Set(found.notes.flatMap(({ code, path }) => (path.startsWith('shots') ? [code] : [])));
  return ({ code, path }) => {
    if (holdersOf(path).some((holder) => refused.has(holder))) return false;
    // Nobody misses what was not wanted and is not there.
    if ((path === 'watermark' || path === 'expand') && request[path] === false && card[path] === null) return false;
    if (path.startsWith('shots')) return !toldOfPrompts.has(code);
    return !told.has(`${code} ${path}`) && !told.has(`${noteEffect(code)} ${path}`);
  };
}

/** The request without what was refused; undefined where nothing can be taken out. `kept` are the places of the references that stay. */
function without(
  request: Request,
  problems: readonly Problem[],
): { readonly request: Request; readonly kept: readonly number[] } | undefined {
  const left: Request = { ...request };
  let kept = request.references.map((_, index) => index);
  let changed = false;
  const take = (does: boolean) => {
    changed ||= does;
  };
  for (const { path } of problems) {
    const reference = /^references(?:\[(\d+)\])?/.exec(path);
    if (reference !== null) {
      const before = kept.length;
      kept = reference[1] === undefined ? [] : kept.filter((index) => index !== Number(reference[1]));
      take(kept.length < before);
    } else if (/^shots\[\d+\]\.seconds$/.test(path) || path === 'shots') {
      take(left.shots.some(({ seconds }) => seconds !== undefined));
      left.shots = left.shots.map(({ prompt }) => ({ prompt }));
    } else if (path.startsWith('shots[')) {
      take(left.shots.some(({ prompt }) => prompt.length !== 1 || prompt[0] !== placeholder));
      left.shots = left.shots.map((shot) => ({ ...shot, prompt: [placeholder] }));
    } else {
      const field = (path === 'negative_prompt' ? 'negativePrompt' : path) as keyof Request;
      take(left[field] !== undefined && field !== 'model');
      if (field !== 'model') delete left[field];
    }
  }
  if (!changed) return undefined;
  const gone = new Map(request.references.flatMap(({ id, name }, index) => (kept.includes(index) ? [] : [[id, name]])));
  left.references = kept.map((index) => request.references[index]!);
  left.shots = left.shots.map((shot) => ({ ...shot, prompt: inWords(shot.prompt, gone) }));
  return { request: left, kept };
}

/** Stands for a prompt that was refused. */
const placeholder = '…';

/** The prompt with mentions of references that are gone as plain words. */
function inWords(prompt: Prompt, gone: ReadonlyMap<string, string>): Prompt {
  return prompt.map((part) => (typeof part === 'string' ? part : (gone.get(part.mention) ?? part)));
}
