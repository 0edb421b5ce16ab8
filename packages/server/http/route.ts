import { AuthoredRequest } from '@refreel/core/authoring';
import type { Request as FilmRequest, Language, Note, Problem } from '@refreel/core/model';
import type { z } from 'zod';
import type { Caller } from '../generations/service.ts';
import type { Parts } from './parts.ts';

/** One request on its way, read as far as its route says. */
export interface Call {
  readonly request: Request;
  readonly url: URL;
  readonly requestId: string;
  readonly language: Language;
  /** Whoever asks; routes that are open to anyone or to the administrator have no use for it. */
  readonly caller: Caller;
  /** Before every address of ours that is handed out; empty where none is known to be right. */
  readonly base: string;
  readonly path: Readonly<Record<string, string>>;
}

/** A call with what its route's schemas made of it. */
export interface ReadCall<Query, Body> extends Call {
  readonly query: Query;
  readonly body: Body;
  /** Hex of the SHA-256 of method, path and body: what makes it the same request when it comes again. */
  readonly fingerprint: string;
}

/** An authored request that was read; mentions that nothing answers to are among its problems. */
export interface AuthoredBody {
  readonly request: FilmRequest;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/**
 * The body of routes that take a request as people write it. Its schema documents it; the reader, which also reads prompts and names, makes this
 * of it instead of the schema's own output.
 */
export const authoredBody = {
  schema: AuthoredRequest as unknown as z.ZodType<AuthoredBody>,
  authored: true,
} as const;

/** The same with fields beside the request, which are of how it is made and no part of it. */
export function authoredBodyWith<Beside extends z.ZodObject>(beside: Beside) {
  return {
    schema: AuthoredRequest.extend(beside.shape) as unknown as z.ZodType<
      AuthoredBody & { readonly beside: z.output<Beside> }
    >,
    authored: true,
    beside,
  } as const;
}

/** What an answer is. `schema` of JSON; `type` of anything else. */
export interface AnswerShape {
  readonly says: string;
  readonly schema?: z.ZodType;
  readonly type?: string;
}

/** A row of the route table: what is validated is what is documented. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it: "/v1/generations/{id}". */
  readonly path: string;
  /**
   * `caller`: a key, or nobody's on this machine. `visitor`: the same, and whoever brings no key is nobody. `keeper`: a caller, or the
   * administrator, who is none and names a workspace. `admin`: the administrator's key. `operator`: the same, or anybody where no key is needed. `anyone` is not asked.
   */
  readonly access: 'anyone' | 'visitor' | 'caller' | 'keeper' | 'admin' | 'operator';
  /** Its path names something of a workspace: for a caller of another one it does not exist. */
  readonly owned: boolean;
  readonly group: string;
  readonly summary: string;
  readonly query?: z.ZodObject;
  /** Headers that it reads, with what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: {
    readonly schema: z.ZodType;
    /** Read by the request reader rather than by the schema alone, which gives better problems. */
    readonly authored?: boolean;
    /** Fields that stand beside an authored request. */
    readonly beside?: z.ZodObject;
    readonly optional?: boolean;
    /** Types besides JSON; with any of them the route reads the body by itself. */
    readonly alsoTypes?: readonly string[];
  };
  readonly answers: Readonly<Record<number, AnswerShape>>;
  // biome-ignore lint/suspicious/noExplicitAny: what the schemas of one route make is known to that route alone.
  readonly answer: (call: ReadCall<any, any>, parts: Parts) => Promise<Response> | Response;
}

type Made<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** Ties the types of a route's schemas to what answers it. */
export function route<
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  row: Omit<Route, 'query' | 'body' | 'answer'> & {
    readonly query?: Query;
    readonly body?: Omit<NonNullable<Route['body']>, 'schema'> & { readonly schema: Body };
    readonly answer: (call: ReadCall<Made<Query>, Made<Body>>, parts: Parts) => Promise<Response> | Response;
  },
): Route {
  return row as unknown as Route;
}
