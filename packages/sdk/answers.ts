import type { Fate } from '@refreel/core/authoring';
import type { Quote as CanonicalQuote } from '@refreel/core/catalog';
import type {
  Advice,
  Film as FilmSettings,
  MediaFacts,
  Money,
  NoteCode,
  ProblemCode,
  ProblemValues,
  Request,
  State,
  VideoFacts,
} from '@refreel/core/model';

/** A code of this version, or one that a newer server has. */
type OrNewer<Code extends string> = Code | (string & {});

/** Why something was refused, and what to do next, in the language that was asked for. */
export interface ShownProblem {
  readonly code: OrNewer<ProblemCode>;
  readonly message: string;
  /** The next step. */
  readonly remedy: string;
  /** Place in the request, such as `references[0].image`; empty for the whole. */
  readonly path: string;
  readonly values: ProblemValues;
  /** Where the limit comes from: a key of the catalog's sources. */
  readonly source?: string;
  /** The same request may succeed later, unchanged. */
  readonly retryable: boolean;
}

/** What is done otherwise than asked, or is worth knowing. */
export interface ShownNote {
  readonly code: OrNewer<NoteCode>;
  readonly message: string;
  readonly path: string;
  readonly values: ProblemValues;
}

/** One MP4 of a generation. */
export interface Film {
  /** 0-based; what `download` takes. */
  readonly index: number;
  /** Index of the attempt that made it. */
  readonly attempt: number;
  readonly url: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly facts: VideoFacts & { readonly frames: number };
  /** ISO 8601, as all instants are. */
  readonly createdAt: string;
}

/** How far an attempt is: `share` from 0 to 1. */
export interface AttemptProgress {
  readonly share: number;
  readonly frames?: number;
  readonly of?: number;
}

/** One try at one producer. */
export interface Attempt {
  readonly index: number;
  readonly producer: 'animatic' | 'upstream';
  readonly account: string;
  /** What the account is asked for in place of the request's model: one of its alternatives. */
  readonly model: string | null;
  /** Whose films it brings: its own index, or that of the attempt whose place it took. The last one of a place speaks for it. */
  readonly place: number;
  readonly state: State;
  readonly progress: AttemptProgress | null;
  readonly billed: 'yes' | 'no' | 'unknown';
  readonly problems: readonly ShownProblem[];
  readonly createdAt: string;
  /** When a producer began with it. */
  readonly startedAt: string | null;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}

/** One request's life. */
export interface Generation {
  readonly id: string;
  readonly state: State;
  /** Nothing of it will change any more. */
  readonly ended: boolean;
  readonly model: string;
  /** The wire format that it came by: "native" for what this client sends. */
  readonly dialect: string;
  /** As it was accepted: prompts bound to references, media by hash. */
  readonly request: Request;
  /** What it was accepted at; its notes are codes and values. */
  readonly quote: (CanonicalQuote & { readonly region?: string }) | null;
  readonly notes: readonly ShownNote[];
  /** Of all its attempts. */
  readonly problems: readonly ShownProblem[];
  readonly attempts: readonly Attempt[];
  readonly films: readonly Film[];
  readonly remixOf: string | null;
  readonly starred: boolean;
  /** Where it was asked for: the id of a project. */
  readonly project: string | null;
  /** Where it was deleted: until then it can be brought back. */
  readonly restorableUntil: string | null;
  readonly keyId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
  readonly urls: { readonly self: string; readonly events: string; readonly cancel: string };
}

/** What came of a wish to cancel. */
export interface Cancelled {
  readonly id: string;
  readonly state: State;
  /** False where there was nothing to cancel any more. */
  readonly changed: boolean;
}

/** What was deleted, and until when that can be taken back. */
export interface Deleted {
  readonly id: string;
  readonly restorableUntil: string;
}

/** Stored bytes that requests name. */
export interface Asset {
  /** "asset:<sha256>": what requests name it by. */
  readonly asset: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name: string | null;
  readonly facts: MediaFacts;
  readonly createdAt: string;
  readonly url: string;
}

/** Part of a list; `cursor` asks for what comes after it, and is absent at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string;
}

/** What a request will cost; an unknown price is null, never 0. */
export interface Quote extends Omit<CanonicalQuote, 'notes'> {
  readonly notes: readonly ShownNote[];
}

/** A quote by itself, and until when it holds. */
export interface DatedQuote extends Quote {
  /** By which a generation accepts it. */
  readonly id: string;
  readonly model: string;
  readonly expiresAt: string;
  /** Why it would be refused now: budgets that have too little left. */
  readonly problems: readonly ShownProblem[];
}

/** Everything that is known of a request before it is made. */
export interface Check {
  /** It would be accepted, by the budgets that are in force too. */
  readonly ok: boolean;
  readonly problems: readonly ShownProblem[];
  readonly notes: readonly ShownNote[];
  /** What the model takes of the request, every default filled in. */
  readonly request: Request;
  readonly film: FilmSettings | null;
  /** The prompt as the model reads it. */
  readonly prompt: string;
  /** What each reference is called in it. */
  readonly tags: readonly { readonly id: string; readonly tag?: string }[];
  readonly quote: Quote | null;
  /** Seconds that it usually takes. */
  readonly typical: { readonly from: number; readonly to: number } | null;
  readonly advice: readonly Advice[];
  /**
   * What each model that was asked about would make of it: in the order in which they were named; of all models those that can make it,
   * fewest losses first, then by price. Absent where none was named.
   */
  readonly models?: readonly LossReport[];
  /** Of all models those that refuse it. */
  readonly refusing?: readonly string[];
}

/** A note of one field, with where it is known from: a key of the catalog's sources. */
export interface FieldNote extends ShownNote {
  readonly source?: string;
}

/** What becomes of one field of a request on one model. */
export interface FieldFate {
  /** In the canonical request. */
  readonly path: string;
  readonly asked: string;
  readonly fate: Fate;
  /** What it is there, in the language that was asked for; null where it is what was asked, or is refused. */
  readonly becomes: string | null;
  readonly notes: readonly FieldNote[];
  readonly problems: readonly ShownProblem[];
}

/** What one model would make of a request, field by field. */
export interface LossReport {
  readonly model: string;
  readonly ok: boolean;
  /** It can be made with nothing less than was asked. */
  readonly okStrict: boolean;
  readonly counts: Readonly<Record<Fate, number>>;
  readonly fields: readonly FieldFate[];
  /** Of no field that is set: what is missing, and what holds for the request as a whole. */
  readonly whole: { readonly notes: readonly FieldNote[]; readonly problems: readonly ShownProblem[] };
  /** What `strict` would refuse besides. */
  readonly strictProblems: readonly ShownProblem[];
  /** Null where it is refused. */
  readonly film: FilmSettings | null;
  readonly quote: Quote | null;
  /** The prompt as the model reads it. */
  readonly prompt: string;
}

/** What would make a better film, most useful first. */
export interface Advised {
  readonly items: readonly Advice[];
  readonly notes: readonly ShownNote[];
}

/** How many generations of one kind there were on a day. */
export interface UsageCount {
  /** UTC, "2026-11-20". */
  readonly day: string;
  /** Null where no key was needed. */
  readonly keyId: string | null;
  readonly model: string;
  readonly state: State;
  readonly count: number;
}

/** What one model cost a key on a day, in one currency. */
export interface UsageMoney {
  /** UTC, of the acceptance. */
  readonly day: string;
  readonly keyId: string | null;
  readonly model: string;
  /** Set aside, and not settled yet. */
  readonly reserved: Money;
  readonly spent: Money;
}

/** What vendors made, or may have made, at a price that no document says. */
export interface UsageUnpriced {
  readonly day: string;
  readonly keyId: string | null;
  readonly model: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  /** Of film. */
  readonly seconds: number;
}

/** Counts and sums of the workspace, newest day first. */
export interface Usage {
  readonly from: string;
  readonly until: string;
  readonly items: readonly UsageCount[];
  /** What vendors were paid; drafts cost nothing. */
  readonly money: readonly UsageMoney[];
  readonly unpriced: readonly UsageUnpriced[];
  /** Of all days, one line a currency. */
  readonly totals: readonly { readonly reserved: Money; readonly spent: Money }[];
}

/** An attempt that was changed. One that took another one's place says of which, who is asked, and for which model (null: the request's). */
export interface AttemptMoved {
  readonly index: number;
  readonly state: State;
  readonly replaces?: number;
  readonly account?: string;
  readonly model?: string | null;
}

/** Something that happened, as `data` of its kind says. Ids grow. */
export type Event = {
  readonly id: number;
  readonly generation: string | null;
  readonly at: string;
} & (
  | { readonly kind: 'generation.accepted'; readonly data: { readonly state: State; readonly model: string } }
  | { readonly kind: 'generation.state'; readonly data: { readonly state: State; readonly before: State } }
  | { readonly kind: 'generation.changed'; readonly data: { readonly deleted: boolean; readonly starred: boolean } }
  | { readonly kind: 'attempt.state'; readonly data: AttemptMoved }
  | {
      readonly kind: 'attempt.progress';
      readonly data: { readonly index: number; readonly progress: AttemptProgress };
    }
);
