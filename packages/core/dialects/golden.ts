import type { Language } from '../model/index.ts';
import type { GenerationView, Learned, Question, Replies } from './dialect.ts';
import { type Answer, type Ask, type Json, jsonBody } from './message.ts';

/** Where an example is documented, and the date of that edition. */
export interface GoldenSource {
  readonly title: string;
  readonly date: string;
}

/** A documented request of a vendor: an example to be read, and to be written again from what was read. */
export interface AskGolden {
  readonly name: string;
  readonly source: GoldenSource;
  readonly region?: string;
  readonly ask: Ask;
  /** What of the question it reads into is worth holding fast. */
  readonly reads: Readonly<Record<string, unknown>>;
  /** Paths of notes that reading makes. */
  readonly notes?: readonly string[];
  /** Places of query, headers or body where it is written otherwise, and why. */
  readonly differs?: Readonly<Record<string, string>>;
  /** The same where the vendor itself makes the film, so that what was kept of the wire is at hand. */
  readonly differsWithEcho?: Readonly<Record<string, string>>;
}

/** A documented answer: what a client learns from it, and the reply that a server writes it from. */
export interface AnswerGolden<Does extends keyof Learned = keyof Learned> {
  readonly name: string;
  readonly source: GoldenSource;
  readonly region?: string;
  /** Of its exchange, where several do the same. */
  readonly path?: string;
  /** That the caller reads. */
  readonly language?: Language;
  readonly answer: Answer;
  /** Of the exchange by which it came. */
  readonly requestId: string;
  /** Clock of the server that wrote it. */
  readonly now?: number;
  readonly question: Extract<Question, { does: Does }>;
  readonly reply: Replies[Does];
  readonly learns: unknown;
  /** Places of the body that are written otherwise, and why. */
  readonly differs?: Readonly<Record<string, string>>;
}

/** A documented error: the problem that it means. */
export interface RefusalGolden {
  readonly name: string;
  readonly source: GoldenSource;
  readonly answer: Answer;
  readonly requestId: string;
  /** That the caller reads. */
  readonly language?: Language;
  /** Clock of the server that wrote it. */
  readonly now?: number;
  /** What is written so; undefined for an error that Refreel never gives. */
  readonly problem?: {
    readonly code: string;
    readonly path: string;
    readonly values?: Readonly<Record<string, string>>;
  };
  /** Code of the problem that a client reads. */
  readonly reads: string;
}

/** All documented examples of a dialect. */
export interface Goldens {
  readonly asks: readonly AskGolden[];
  readonly answers: readonly AnswerGolden[];
  readonly refusals: readonly RefusalGolden[];
}

/** A generation as an example has it; what is not said is as of one that was just accepted. */
export function goldenView(view: Partial<GenerationView> & Pick<GenerationView, 'id' | 'model'>): GenerationView {
  return {
    state: 'queued',
    echo: null,
    request: { model: view.model, references: [], shots: [{ prompt: [] }] },
    film: undefined,
    createdAt: 0,
    startedAt: undefined,
    finishedAt: undefined,
    expiresAt: undefined,
    progress: undefined,
    films: [],
    problem: undefined,
    inputSeconds: 0,
    remixOf: undefined,
    ...view,
  };
}

/** What a client learns of a generation of which an answer says nothing. */
export const nothingLearned = {
  model: undefined,
  films: [],
  problem: undefined,
  createdAt: undefined,
  startedAt: undefined,
  finishedAt: undefined,
  progress: undefined,
  billedSeconds: undefined,
};

/** An answer of a vendor in JSON. */
export function jsonAnswer(value: Json, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: jsonBody(value) };
}
