import type { LineToSpeak } from '@refreel/core/animatic';
import type { LossReports, Review } from '@refreel/core/authoring';
import type { Quote } from '@refreel/core/catalog';
import type { Film, Note, Problem, Request, State } from '@refreel/core/model';
import type { AssetSource, Outcome } from '../assets/index.ts';
import type {
  Asset,
  Browsed,
  BrowseFilter,
  Cursor,
  GenerationFilter,
  GenerationName,
  Json,
  Page,
  StoredEvent,
  Upload,
  WholeGeneration,
} from '../store/index.ts';
import type { Caller } from './caller.ts';
import type { DraftFacts } from './drafts.ts';
import type { Resolution } from './resolve.ts';

export type { AssetSource, Outcome } from '../assets/index.ts';
export type { Caller } from './caller.ts';
export type { DraftFacts } from './drafts.ts';
export type { Resolution } from './resolve.ts';

/** A request that somebody wants made. Its media are `asset:<sha256>` of the caller's, URLs, or data URIs. */
export interface Submission {
  readonly request: Request;
  /** "native", or the dialect that it came by. */
  readonly dialect: string;
  /** What that dialect's answers repeat. */
  readonly echo: Json;
  /** Notes of the reading, to be kept with those of the check. */
  readonly notes: readonly Note[];
  readonly region?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** The public id that the dialect made, where it makes its own. */
  readonly publicId?: string | undefined;
  /** Id of a quote that it accepts: it costs no more than that says, or is refused. */
  readonly quote?: string | undefined;
  /** Names of faults that it was asked to show, once it is accepted. */
  readonly faults?: readonly string[] | undefined;
}

/** A generation with what it was settled to; the film is computed anew from request, card and facts. */
export interface GenerationFacts {
  readonly generation: WholeGeneration;
  readonly film: Film | undefined;
  readonly inputSeconds: number;
}

/** Which events somebody wants. */
export interface EventsAsked {
  /** After this event; undefined: what happens from now on. */
  readonly after?: number | undefined;
  /** Those of one generation. */
  readonly generationId?: string | undefined;
}

/** What was found of a request, and what the budgets that are in force for its caller say to its price now. */
export interface Reviewed extends Review {
  readonly budgets: { readonly problems: readonly Problem[]; readonly notes: readonly Note[] };
}

/** A quote by its id, which a generation can accept until it expires. */
export interface ToldQuote {
  readonly id: string;
  readonly expiresAt: Date;
  readonly model: string;
  readonly quote: Quote;
  readonly notes: readonly Note[];
  /** Why nobody could accept it now: budgets with too little left. */
  readonly problems: readonly Problem[];
}

/** What the server does, apart from HTTP: it is called by routes, dialects and tests alike. */
export interface Generations {
  /** Looks at a request: problems, notes, film, quote, advice. URLs that were not fetched yet are noted as unmeasured. */
  review(caller: Caller, request: Request, region?: string): Promise<Reviewed>;
  /** What a request costs, kept so that a generation can accept it. Refused as the request would be, but for what budgets say. */
  quote(caller: Caller, request: Request, region?: string): Promise<Outcome<ToldQuote>>;
  /** What each of these models, or every one, would make of a request, field by field. `problems` refuse it on any of them. */
  compare(
    caller: Caller,
    request: Request,
    models: readonly string[] | 'all',
    known: { readonly region?: string | undefined; readonly problems: readonly Problem[] },
  ): Promise<LossReports>;
  /**
   * Accepts a request: one transaction writes generation, attempts and event before this resolves. Data URIs are measured and stored
   * first; URLs are fetched by the worker in `preparing`.
   */
  submit(caller: Caller, submission: Submission): Promise<Outcome<WholeGeneration>>;
  /** A new generation from a finished one: model, seconds, size, mode and references are inherited. */
  remix(
    caller: Caller,
    source: GenerationName,
    prompt: string,
    submission: Omit<Submission, 'request'>,
  ): Promise<Outcome<WholeGeneration>>;
  find(caller: Caller, name: GenerationName): Promise<WholeGeneration | undefined>;
  /** With its settled film and billed input seconds, as dialects' answers need them. */
  facts(caller: Caller, generation: WholeGeneration): Promise<GenerationFacts>;
  /** A generation that was read elsewhere, as this caller is shown it now. */
  shown(caller: Caller, generation: WholeGeneration): Promise<WholeGeneration>;
  list(caller: Caller, filter: GenerationFilter): Promise<Page<WholeGeneration>>;
  /** The same for one dialect, with page numbers and a total. */
  browse(caller: Caller, filter: BrowseFilter): Promise<Browsed>;
  /** The state after it; undefined where the caller has no such generation. */
  cancel(caller: Caller, id: string): Promise<{ readonly state: State; readonly changed: boolean } | undefined>;
  /** Settles an attempt whose submit may have been lost, by a person's word. Undefined where the caller has no such generation. */
  resolve(caller: Caller, id: string, resolution: Resolution): Promise<Outcome<WholeGeneration> | undefined>;
  /** Gives it a star, or takes it away. Undefined where the caller has no such generation. */
  star(caller: Caller, id: string, starred: boolean): Promise<WholeGeneration | undefined>;
  /** Hides one that has ended with its films; it can be restored until then. What is hidden already stays so. */
  hide(caller: Caller, id: string): Promise<{ readonly restorableUntil: Date } | 'unfinished' | undefined>;
  /** Brings back what was hidden. Undefined where there is no such thing any more. */
  restore(caller: Caller, id: string): Promise<WholeGeneration | undefined>;
  /**
   * Keeps a picture of a film as an asset: the frame that shows at `at` seconds, or the last. Undefined where the caller has no such film,
   * or its bytes are gone.
   */
  still(
    caller: Caller,
    film: { readonly generationId: string; readonly index: number },
    at: number | undefined,
  ): Promise<Outcome<Asset> | undefined>;
  /** Ends it and deletes it for good with its films. `false` where the caller has no such generation, `unfinished` where it does not end in time. */
  remove(caller: Caller, id: string): Promise<boolean | 'unfinished'>;
  /** Resolves when the generation has ended (or is in a state that `enough` accepts) or the seconds are over, with what it is then. */
  wait(
    caller: Caller,
    id: string,
    seconds: number,
    enough?: (state: State) => boolean,
  ): Promise<WholeGeneration | undefined>;
  /** Stores and measures bytes; the same bytes again give the same asset. */
  keep(caller: Caller, source: AssetSource): Promise<Outcome<Asset>>;
  asset(caller: Caller, sha256: string): Promise<Asset | undefined>;
  /** What a film is planned from, for whoever draws it elsewhere. Nothing is stored. */
  draftFacts(caller: Caller, request: Request): Promise<DraftFacts>;
  /** The subject of a picture of the caller as WebP, its matte as alpha; undefined where the caller has no such asset. */
  cutout(caller: Caller, sha256: string): Promise<Outcome<Uint8Array> | undefined>;
  /** A line as a WAV file. It belongs to nobody: whoever asks brings its words. @throws Refusal */
  speak(line: LineToSpeak): Promise<Uint8Array>;
  /** Lets requests call an asset of the caller by a name that a vendor gives uploads. `false`: the name stands for other bytes. */
  nameAsset(caller: Caller, upload: Upload): Promise<boolean>;
  assets(caller: Caller, page: { readonly limit: number; readonly cursor?: Cursor | undefined }): Promise<Page<Asset>>;
  /** Events as they happen, until the signal is aborted, or the one generation that is meant has ended. */
  events(caller: Caller, which: EventsAsked, signal: AbortSignal): AsyncIterable<StoredEvent>;
  /** Stops taking work, gives back what it holds, and waits for what cannot be given back. */
  close(): Promise<void>;
}
