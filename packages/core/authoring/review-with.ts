import { findCard, inRegion, type Quote, quote, typicalSeconds, unknownModel } from '../catalog/index.ts';
import { tagsFor, writePromptFor } from '../dialects/index.ts';
import {
  type Advice,
  type advise,
  type Card,
  type Checked,
  check,
  type Facts,
  languageOf,
  type Note,
  type Problem,
  type Prompt,
  plainPrompt,
  type Request,
  strictProblems,
} from '../model/index.ts';
import { writeShotList } from '../model/prompt/shot-list.ts';
import { reviewAlternatives } from './alternatives.ts';
import type { Translate } from './translate.ts';

/** Everything that can be said of a request before it is made. */
export interface Review extends Checked {
  readonly card: Card | undefined;
  /** The prompt as the model will read it. */
  readonly prompt: string;
  /** What each reference is called in it; undefined where the model cannot point at it. */
  readonly tags: readonly { id: string; tag: string | undefined }[];
  readonly quote: Quote | undefined;
  readonly typical: { from: number; to: number } | undefined;
  readonly advice: readonly Advice[];
}

/** Where, and among which models, a request is reviewed. */
export interface ReviewOptions {
  readonly region?: string;
  /** A card (of its region) as whoever would make it has it: an account's edition, an account's own prices. */
  readonly adapt?: (card: Card) => Card;
  /** Cards beyond the catalog. */
  readonly cards?: readonly Card[];
  /** `false` leaves the advice out, which takes far longer than all the rest: for whoever only wants to know what will be made. */
  readonly advice?: boolean;
}

/**
 * What a review can be made with. Writing a request for its vendor takes the codecs of every dialect, and advising takes every rule: pages load
 * them behind all else, and what is not there yet is not told yet.
 */
export interface ReviewTools {
  readonly translate?: Translate | undefined;
  readonly advise?: typeof advise | undefined;
}

/** `review` with what is there. */
export function reviewWith(tools: ReviewTools, request: Request, facts: Facts, options: ReviewOptions = {}): Review {
  const own = reviewOwn(tools, request, facts, options);
  if (request.alternatives === undefined) return own;
  const others = reviewAlternatives(request, own, (alone) => reviewOwn(tools, alone, facts, options));
  return { ...own, problems: [...own.problems, ...others.problems], notes: [...own.notes, ...others.notes] };
}

function reviewOwn({ translate, advise }: ReviewTools, request: Request, facts: Facts, options: ReviewOptions): Review {
  const found = findCard(request.model, options.cards);
  if (found === undefined) return unreviewed(request, unknownModel(request.model, options.cards));
  const there = options.region === undefined ? found : inRegion(found, options.region);
  if ('code' in there) return unreviewed(request, there);
  const card = options.adapt?.(there) ?? there;
  const key = card.prompt.mentions;
  const shotSeconds = check(request, card, facts).film?.shotSeconds ?? [];
  const whole = wholePrompt(request, card, shotSeconds);
  const written = writePromptFor(whole, request.references, key, { path: promptPath(request), model: card.id });
  const checked = check(request, card, facts, { encodedPrompt: written.text });
  const quoted = checked.film === undefined ? undefined : quote(checked.taken, card, checked.film, facts);
  const notes: Note[] = [...checked.notes, ...(quoted?.notes ?? [])];
  for (const note of written.notes) if (!notes.some(({ code }) => code === note.code)) notes.push(note);
  const problems = [...checked.problems];
  // What only the way there changes is looked at where it may refuse; `lossReport` tells it always.
  if (request.strict === true) {
    const translated = translate?.(request, card, { problems, notes }) ?? { problems: [], notes: [] };
    const checkedAlready = new Set<Note>(checked.notes);
    problems.push(...translated.problems);
    notes.push(...translated.notes);
    problems.push(...strictProblems(notes.filter((note) => !checkedAlready.has(note))));
  }
  const typical = checked.film === undefined ? undefined : typicalSeconds(card, request, checked.film);
  const language = languageOf(request.shots.map(({ prompt }) => plainPrompt(prompt, request.references)).join(' '));
  return {
    ...checked,
    card,
    problems,
    notes,
    prompt: written.text,
    tags: tagsFor(request.references, key, language),
    quote: quoted,
    typical,
    advice: options.advice === false ? [] : (advise?.(request, card, facts) ?? []),
  };
}

/** Where the prompt stands: of a lone shot in it, of several in their list. */
function promptPath({ shots }: Request): string {
  return shots.length === 1 ? 'shots[0].prompt' : 'shots';
}

/** The prompt of all shots, in the form in which the model takes them. */
export function wholePrompt(request: Request, card: Card, shotSeconds: readonly number[]): Prompt {
  const [only] = request.shots;
  if (request.shots.length === 1 && only !== undefined) return only.prompt;
  if (card.shots.form === 'shot-list' || card.shots.form === 'storyboard') {
    const shots = request.shots.map(({ prompt }, index) => {
      const seconds = shotSeconds[index];
      return seconds === undefined ? { prompt } : { prompt, seconds };
    });
    return writeShotList(shots, card.shots.form);
  }
  return request.shots.flatMap(({ prompt }, index) => (index === 0 ? prompt : ['\n', ...prompt]));
}

function unreviewed(request: Request, why: Problem): Review {
  const none = {
    quote: undefined,
    typical: undefined,
    advice: [],
    notes: [],
    film: undefined,
    card: undefined,
    fits: [],
  };
  return { ...none, problems: [why], taken: request, prompt: '', tags: [] };
}
