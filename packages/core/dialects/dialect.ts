import type { Card, Facts, Film, Language, Note, Problem, Reference, Request, State } from '../model/index.ts';
import type { Answer, Ask, Json } from './message.ts';

/** One film of a generation as a caller sees it. */
export interface FilmView {
  readonly index: number;
  /** Signed, absolute, and dead after the dialect's expiry. */
  readonly url: string;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** A handle to its bytes, for the dialects whose answer to a look is the film itself. */
  readonly handle?: string;
}

/**
 * A film that an answer tells of: where it is, or, where the answer itself is the film, a handle to its bytes. A `url` that begins with "/"
 * is a path below the account's own base address, to be asked for with the account's key.
 */
export type SeenFilm =
  | { readonly url: string; readonly bytes?: undefined; readonly seconds: number | undefined }
  | { readonly url?: undefined; readonly bytes: string; readonly seconds: number | undefined };

/** A generation in the house's words: what every dialect writes its status answers from. Times are milliseconds since 1970. */
export interface GenerationView {
  /** In the form of the dialect by which it came. */
  readonly id: string;
  readonly model: string;
  readonly state: State;
  /** What its dialect's answers repeat of the request. */
  readonly echo: Json;
  readonly request: Request;
  /** What the request was settled to. */
  readonly film: Film | undefined;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** When its films' URLs die. */
  readonly expiresAt: number | undefined;
  /** 0 to 1; undefined where nobody knows. */
  readonly progress: number | undefined;
  readonly films: readonly FilmView[];
  readonly problem: Problem | undefined;
  /** Seconds of input video that are billed. */
  readonly inputSeconds: number;
  /** Public id of the generation that it remixes. */
  readonly remixOf: string | undefined;
}

/** What a vendor's answer says of a generation: only what is used, and undefined wherever it says nothing. */
export interface SeenGeneration {
  readonly id: string;
  readonly state: State;
  readonly model: string | undefined;
  /** Repeated by some vendors: evidence of which request it was. */
  readonly prompt?: string | undefined;
  readonly films: readonly SeenFilm[];
  readonly problem: Problem | undefined;
  readonly createdAt: number | undefined;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** 0 to 1. */
  readonly progress: number | undefined;
  /** Seconds that the vendor says it bills. */
  readonly billedSeconds: number | undefined;
}

/** What is asked of a generator of films, in any dialect. */
export type Question =
  | { readonly does: 'create'; readonly request: Request; readonly echo: Json; readonly notes: readonly Note[] }
  | { readonly does: 'remix'; readonly id: string; readonly prompt: string }
  /** `model`: where the wire names it beside the id; another generation's is as unknown. `thenDelete`: its media once it is done and sent. */
  | { readonly does: 'look'; readonly id: string; readonly model?: string; readonly thenDelete?: boolean }
  | {
      readonly does: 'list';
      readonly page:
        | { readonly number: number; readonly size: number }
        | { readonly after: string | undefined; readonly size: number };
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly model: string | undefined;
      /** Any of these; a vendor's word may stand for several, or for none. Undefined: all. */
      readonly states: readonly State[] | undefined;
      readonly id: string | undefined;
      readonly newestFirst: boolean;
    }
  /** `whileIn`: the states in which this vendor cancels; in any other it is too late. */
  | { readonly does: 'cancel'; readonly id: string; readonly whileIn: readonly State[] }
  | { readonly does: 'delete'; readonly id: string; readonly model?: string }
  | { readonly does: 'content'; readonly id: string; readonly variant: 'video' | 'thumbnail' | 'spritesheet' }
  | { readonly does: 'permit'; readonly model: string }
  | {
      readonly does: 'upload';
      readonly fileName: string;
      readonly mediaType: string;
      /** A handle. */
      readonly bytes: string;
      /** What came or goes beside the file; a permit's own fields among it. */
      readonly fields: Readonly<Record<string, string>>;
      /** Where the permit says that it goes; undefined where this exchange has its own address. */
      readonly address: string | undefined;
      /** What this exchange takes: measured files of another type or of more bytes are problems whose path is "file". */
      readonly takes?: { readonly types: readonly string[]; readonly mostBytes: number };
    }
  /** A request without prompt and references where the wire asks for a price alone: only its settings were checked. */
  | { readonly does: 'quote'; readonly request: Request }
  /** `type`: the only one that is wanted, in the wire's own word. */
  | { readonly does: 'models'; readonly type?: string };

export type Deed = Question['does'];

/** What a server answers, by deed. */
export interface Replies {
  readonly create: GenerationView;
  readonly remix: GenerationView;
  /** `undefined`: unknown, expired, or a stranger's; one may not tell which. */
  readonly look: GenerationView | undefined;
  readonly list: { readonly generations: readonly GenerationView[]; readonly total: number; readonly more: boolean };
  readonly cancel: 'cancelled' | 'too-late' | undefined;
  readonly delete: 'deleted' | undefined;
  /** A handle to the bytes. */
  readonly content: { readonly bytes: string; readonly mediaType: string } | undefined;
  readonly permit: UploadPermit;
  readonly upload: { readonly url: string; readonly mediaType: string; readonly bytes: number };
  readonly quote: { readonly micros: number; readonly currency: string } | undefined;
  readonly models: { readonly cards: readonly Card[] };
}

/** What a client learns from an answer, by deed. */
export interface Learned extends Omit<Replies, 'create' | 'remix' | 'look' | 'list' | 'upload'> {
  readonly create: SeenGeneration;
  readonly remix: SeenGeneration;
  readonly look: SeenGeneration | undefined;
  readonly list: { readonly generations: readonly SeenGeneration[]; readonly total: number; readonly more: boolean };
  /** What a request names the uploaded file by from now on. */
  readonly upload: { readonly url: string };
}

/** Leave to upload one file: where, as what, and until when. */
export interface UploadPermit {
  /** Absolute. */
  readonly address: string;
  /** Without a slash at either end. */
  readonly folder: string;
  readonly mostBytes: number;
  readonly seconds: number;
  /** Fields that the form has to carry, by their names there: a policy, its signature. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a codec may know besides the message. */
export interface CodecContext {
  /** Id of this exchange, in answers that carry one. */
  readonly requestId: string;
  /** Milliseconds since 1970, of the clock that the dialect's answers go by. */
  readonly now: number;
  /** Where the dialect's base address offers models of one region only. */
  readonly region: string | undefined;
  /** What the caller reads, where it said so (Accept-Language): for the vendors whose messages come in several languages. */
  readonly language?: Language | undefined;
  readonly findCard: (id: string) => Card | undefined;
  /** What an account adds to everything that asks for a film: settings of its engine that no request says. */
  readonly fields?: { readonly [name: string]: Json } | undefined;
}

/** Something read from the wire: a value and what was changed on the way, or why it was refused. */
export type Read<Value> =
  | { readonly ok: true; readonly value: Value; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Something written for the wire: the message and what was changed on the way, or why it cannot be said there. */
export type Written<Message> =
  | { readonly ok: true; readonly message: Message; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * One pair of messages, both directions side by side. A server uses `ask.decode` and `answer.encode`, a client `ask.encode` and
 * `answer.decode`: so M dialects in and N vendors out cost M + N codecs.
 */
export interface Exchange<Does extends Deed> {
  readonly does: Does;
  readonly method: Ask['method'];
  /** Below the base address; `:id` stands for one part of the path. */
  readonly path: string;
  readonly ask: {
    decode(
      ask: Ask,
      parts: Readonly<Record<string, string>>,
      context: CodecContext,
    ): Read<Extract<Question, { does: Does }>>;
    encode(question: Extract<Question, { does: Does }>, context: CodecContext): Written<Ask>;
  };
  readonly answer: {
    encode(reply: Replies[Does], question: Extract<Question, { does: Does }>, context: CodecContext): Answer;
    /** An error is the problem that `refusal.decode` makes of it. */
    decode(answer: Answer, question: Extract<Question, { does: Does }>, context: CodecContext): Read<Learned[Does]>;
  };
}

/** The exchanges of a dialect, by what they do. Some dialects offer the same deed at more than one address. */
export type Exchanges = { readonly [Does in Deed]?: readonly Exchange<Does>[] };

/** What came of a step of a voyage. */
export type Landfall =
  | {
      readonly is: 'working';
      readonly state: 'queued' | 'running';
      readonly progress: number | undefined;
      /** In place of the handle from now on, where the way goes on at another address: keep it, and look again at once. */
      readonly handle?: Json;
    }
  | {
      readonly is: 'films';
      readonly films: SeenGeneration['films'];
      /** Seconds that the vendor says it bills; undefined where it does not say. */
      readonly billedSeconds: number | undefined;
    }
  | { readonly is: 'failed'; readonly problem: Problem; readonly billed: 'yes' | 'no' | 'unknown' }
  | { readonly is: 'gone' }
  | { readonly is: 'later'; readonly seconds: number };

/**
 * A paid generation from the sender's side, in pure steps: each takes an opaque handle (plain JSON, kept in the store) and the last
 * answer, and gives the next thing to ask or what came of it. Any process can take it up at any step.
 */
export interface Voyage {
  /**
   * `request` names the model as the vendor does, and media by addresses that the vendor can read. `echo` is what this same dialect
   * kept of the wire by which the generation came, if it came by it: what the request has no word for goes on unchanged. `from`, where it
   * is said, is the vendor's own id of a finished generation of the same account; without it all is asked for anew.
   */
  start(request: Request, context: CodecContext, echo?: Json): Written<Ask>;
  /** The handle of what was accepted; a refusal says whether it may have been billed. `sent` is the ask, which an answer need not repeat. */
  accepted(
    answer: Answer,
    context: CodecContext,
    sent?: Ask,
  ): { readonly handle: Json } | Extract<Landfall, { is: 'failed' | 'later' }>;
  look(handle: Json, context: CodecContext): Ask;
  seen(answer: Answer, handle: Json, context: CodecContext): Landfall;
  /** Undefined where the vendor cannot cancel. */
  cancel?: (handle: Json, context: CodecContext) => Ask;
  /** Says that the film is stored here, so that the vendor may delete it; undefined where it wants no such word. */
  complete?: (handle: Json, context: CodecContext) => Ask;
  /** How a submit is looked for whose answer was lost; undefined where the vendor does not list what it has. */
  readonly find?: Find;
  /** How a file gets to where the vendor reads it; undefined where the vendor takes addresses only. */
  readonly upload?: {
    /** Asks for leave, where the vendor wants that first. */
    permit?(model: string, context: CodecContext): Ask;
    /** `permit` is the answer to that. `url` is what a request may name the file by once it is sent. */
    send(file: UploadFile, permit: Answer | undefined, context: CodecContext): UploadStep;
    /** What it may be named by where only the answer to `send` says so, which then gives no `url`. */
    sent?(
      answer: Answer,
      context: CodecContext,
    ): { readonly url: string } | Extract<Landfall, { is: 'failed' | 'later' }>;
    /** Seconds that the file stays there; null where nobody says it. */
    readonly keptSeconds: number | null;
  };
}

/** What a vendor repeats of a submit, as it was sent: the model's id there, and the prompt. Plain JSON. */
export interface Trace {
  readonly model: string;
  readonly prompt: string;
}

/** The instants between which something was created; milliseconds since 1970, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The way to what a vendor has, page by page; `cursor` is opaque and plain JSON, undefined for the first page. */
export interface Find {
  /** Undefined where nothing of this ask would be repeated. */
  trace(sent: Ask): Trace | undefined;
  /** Asks for what was created in a span, and perhaps for more than that. */
  list(span: Span, cursor: Json | undefined, context: CodecContext): Ask;
  /** What a page tells. `next`: undefined where nothing of the span can follow. Undefined: the answer says nothing. */
  listed(
    answer: Answer,
    span: Span,
    cursor: Json | undefined,
    context: CodecContext,
  ): { readonly found: readonly SeenGeneration[]; readonly next: Json | undefined } | undefined;
  /** The prompt that the answer to a look repeats, where a page does not; undefined as long as it does not either. */
  prompt?(answer: Answer, handle: Json, context: CodecContext): string | undefined;
}

/** A file to be uploaded; `bytes` is a handle. */
export interface UploadFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: string;
}

/** The way of a file: what to send and what it will be called (undefined: the answer says it), or why it cannot be sent. */
export type UploadStep =
  | { readonly ask: Ask; readonly url: string | undefined }
  | Extract<Landfall, { is: 'failed' | 'later' }>;

/** One vendor's wire format, both directions. */
export interface Dialect {
  readonly id: string;
  /** The dialect whose folder this one may import. */
  readonly variantOf?: string;
  /** Its servers may run without a key: an account need not have one. */
  readonly keyless?: true;
  /** An account may add fields to what asks for a film: any but these, which requests say. Undefined: none. */
  readonly ownFields?: readonly string[];
  /** Base paths under which it is served, and the region that each stands for; none where it is only spoken. */
  readonly bases: readonly { readonly path: string; readonly region?: string }[];
  /** How a caller's key is read and sent. */
  readonly key: {
    read(ask: Ask): string | undefined;
    write(key: string): Readonly<Record<string, string>>;
  };
  readonly exchanges: Exchanges;
  /** Problems <-> the vendor's own error, status included. */
  readonly refusal: {
    /** `request`: what they speak of, where it was read, for errors that name the wire's own fields. */
    encode(problems: readonly Problem[], context: CodecContext, request?: Request): Answer;
    decode(answer: Answer): Problem | undefined;
  };
  /**
   * The request with what the wire left open, now that its media are measured: whether an address is a picture or a film. Undefined
   * where the wire says it.
   */
  afterMeasuring?(request: Request, facts: Facts, card: Card): Request;
  /**
   * Where each reference stands among those that are read again, for a model whose wire has a list for each kind; undefined where
   * their order is kept.
   */
  places?(references: readonly Reference[], card: Card): readonly number[] | undefined;
  /** The vendor's word for each state. */
  readonly words: Readonly<Record<State, string>>;
  /** A public id from 32 hexadecimal digits. */
  publicId(digits: string, createdAt: number): string;
  readonly voyage: Voyage;
}
