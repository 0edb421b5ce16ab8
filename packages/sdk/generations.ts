import type { AuthoredRequest } from '@refreel/core/authoring';
import type { State } from '@refreel/core/model';
import type { Asset, Cancelled, Deleted, Event, Generation, Page } from './answers.ts';
import { type Download, openDownload } from './download.ts';
import { RefreelError } from './error.ts';
import { type FollowOptions, follow } from './follow.ts';
import { makeId } from './make-id.ts';
import { askPage, everyItem, type PageOptions } from './pages.ts';
import { openPatience } from './pause.ts';
import type { Transport } from './transport.ts';

/** How a film is asked for. */
export interface CreateOptions extends Pick<WaitOptions, 'signal' | 'onEvent'> {
  /** 1 to 255 visible ASCII characters. The same key and request again give the same generation, for a day. Default: a new key, so that a retry is safe. */
  readonly idempotencyKey?: string;
  /** Waits until it has ended: `true`, or for so many seconds at most. */
  readonly wait?: boolean | number;
  /** Where the vendor runs it, such as "cn-beijing". */
  readonly region?: string;
  /** Id of a quote of this request: it costs no more than that says. */
  readonly quote?: string;
  /** Id of the project that it is asked for in: `list` finds it by that. */
  readonly project?: string;
}

/** How long to wait, and who is told meanwhile. */
export interface WaitOptions {
  /** At most; then the answer is what it is then. Default: until it has ended. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
  /** Told of everything that happens; not while long polling stands in for the stream. */
  readonly onEvent?: (event: Event) => void;
}

/** Which generations are listed. */
export interface GenerationFilter extends PageOptions {
  readonly state?: State | readonly State[];
  readonly model?: string;
  readonly dialect?: string;
  /** Those that have a star, or have none. */
  readonly starred?: boolean;
  /** Those that were deleted and can be brought back, in place of those that are there. */
  readonly deleted?: boolean;
  /** Those that were asked for in this project. */
  readonly project?: string;
  /** Words of the prompts, or names of references: all of them, in any case. */
  readonly text?: string;
  /** First and last instant of acceptance. */
  readonly from?: Date | string;
  readonly until?: Date | string;
}

/** How a person settles an attempt whose submit may have been lost. */
export interface Resolution {
  /** 0-based. Default: the first. */
  readonly attempt?: number;
  /** The vendor does not have it: send it again. It made nothing. Or it has it, under this id. */
  readonly as: 'not-created' | 'failed' | { readonly id: string };
  /** What is known of the bill, where it made nothing. */
  readonly billed?: 'yes' | 'no' | 'unknown';
}

/** Requests' lives. Every call throws `RefreelError`, or the reason of the signal that aborted it. */
export interface Generations {
  /** Has a film made. A retry never makes two: each call has an idempotency key. */
  create(request: AuthoredRequest, options?: CreateOptions): Promise<Generation>;
  /** A new film from a finished one: another prompt, everything else inherited. */
  remix(id: string, prompt: string, options?: Omit<CreateOptions, 'quote' | 'project'>): Promise<Generation>;
  get(id: string, options?: { readonly signal?: AbortSignal }): Promise<Generation>;
  /** Newest first, across all pages. */
  list(filter?: GenerationFilter): AsyncGenerator<Generation, void, undefined>;
  /** One page of the list, for whoever shows pages. */
  page(filter?: GenerationFilter & { readonly cursor?: string }): Promise<Page<Generation>>;
  /** In whatever state it is; what has ended stays as it is. */
  cancel(id: string, options?: { readonly signal?: AbortSignal }): Promise<Cancelled>;
  /** Gives it a star, or takes it away. */
  change(
    id: string,
    change: { readonly starred: boolean },
    options?: { readonly signal?: AbortSignal },
  ): Promise<Generation>;
  /** Deletes it with its films, once it has ended. For 30 days that can be taken back. */
  delete(id: string, options?: { readonly signal?: AbortSignal }): Promise<Deleted>;
  /** Takes back that it was deleted. */
  undelete(id: string, options?: { readonly signal?: AbortSignal }): Promise<Generation>;
  /** Keeps a picture of a film as an asset: the one that shows at `at` seconds, or the last. */
  still(
    id: string,
    options?: { readonly film?: number; readonly at?: number; readonly signal?: AbortSignal },
  ): Promise<Asset>;
  /** Settles an attempt that is `unconfirmed`, after a look into the vendor's console. */
  resolve(id: string, resolution: Resolution, options?: { readonly signal?: AbortSignal }): Promise<Generation>;
  /** Resolves when it has ended, by its events; where these do not come through, by asking again and again. */
  wait(id: string, options?: WaitOptions): Promise<Generation>;
  /** What happened to it and what happens yet, until it has ended. Breaks of the connection are bridged. */
  events(id: string, options?: FollowOptions): AsyncGenerator<Event, void, undefined>;
  /** A film of it; the first unless `film` names another (0-based). */
  download(id: string, options?: { readonly film?: number; readonly signal?: AbortSignal }): Promise<Download>;
}

/** Seconds that one question of long polling lasts. */
const pollSeconds = 25;
const generationFields = ['id', 'state', 'ended', 'films'] as const;

/** The verbs of generations over a transport. */
export function openGenerations(transport: Transport): Generations {
  const pathOf = (id: string) => `/v1/generations/${encodeURIComponent(id)}`;
  const look = (id: string, signal: AbortSignal | undefined, wait?: number) =>
    transport.json<Generation>(
      {
        path: pathOf(id),
        query: { wait },
        patienceSeconds: (wait ?? 0) + 30,
        repeatable: true,
        signal,
      },
      generationFields,
    );

  const accept = async (
    path: string,
    json: unknown,
    options: Omit<CreateOptions, 'quote' | 'project'>,
  ): Promise<Generation> => {
    const { idempotencyKey = makeId(), wait = false, region, signal, onEvent } = options;
    if (!/^[\x21-\x7e]{1,255}$/.test(idempotencyKey))
      throw new TypeError('an idempotency key is 1 to 255 visible ASCII characters');
    const accepted = await transport.json<Generation>(
      {
        method: 'POST',
        path,
        query: { region },
        headers: { 'idempotency-key': idempotencyKey },
        json,
        repeatable: true,
        signal,
      },
      generationFields,
    );
    if (wait === false || wait === 0) return accepted;
    return await waitFor(accepted.id, {
      ...(wait !== true && { seconds: wait }),
      ...(signal !== undefined && { signal }),
      ...(onEvent !== undefined && { onEvent }),
    });
  };

  const events = (id: string, options: FollowOptions, retries: number) =>
    follow(transport, {
      ...options,
      path: `${pathOf(id)}/events`,
      retries,
      isLast: ({ kind, data }) => kind === 'generation.state' && isEnd(data.state),
      isOver: async () => (await look(id, options.signal)).ended,
    });

  const waitFor = async (id: string, { seconds = 0, signal, onEvent }: WaitOptions): Promise<Generation> => {
    const patience = openPatience(seconds, signal);
    try {
      try {
        for await (const event of events(id, { signal: patience.signal }, 1)) onEvent?.(event);
      } catch (error) {
        signal?.throwIfAborted();
        // Whoever is refused here is refused there; a stream that does not come through is another matter.
        if (!patience.over() && (!(error instanceof RefreelError) || error.kind === 'refused')) throw error;
      }
      if (patience.over()) return await look(id, signal);
      for (;;) {
        const now = await look(id, patience.signal, pollSeconds);
        if (now.ended) return now;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (patience.over()) return await look(id, signal);
      throw error;
    } finally {
      patience.end();
    }
  };

  const page: Generations['page'] = ({
    state,
    from,
    until,
    model,
    dialect,
    starred,
    deleted,
    project,
    text,
    limit,
    cursor,
    signal,
  } = {}) => {
    const query = {
      state: state === undefined ? undefined : [state].flat().join(','),
      ...{ model, dialect, starred, deleted, project, text, from: instant(from), until: instant(until), limit, cursor },
    };
    return askPage<Generation>(transport, '/v1/generations', query, signal);
  };

  return {
    create: (request, { quote, project, ...options } = {}) =>
      accept(
        '/v1/generations',
        { ...request, ...(quote !== undefined && { quote }), ...(project !== undefined && { project }) },
        options,
      ),
    remix: (id, prompt, options = {}) => accept(`${pathOf(id)}/remix`, { prompt }, options),
    get: (id, { signal } = {}) => look(id, signal),
    list: (filter = {}) => everyItem((cursor) => page({ ...filter, ...(cursor !== undefined && { cursor }) })),
    page,
    cancel: (id, { signal } = {}) =>
      transport.json<Cancelled>({ method: 'POST', path: `${pathOf(id)}/cancel`, repeatable: true, signal }, [
        'id',
        'state',
        'changed',
      ]),
    change: (id, json, { signal } = {}) =>
      transport.json<Generation>(
        { method: 'PATCH', path: pathOf(id), json, repeatable: true, signal },
        generationFields,
      ),
    delete: (id, { signal } = {}) =>
      transport.json<Deleted>({ method: 'DELETE', path: pathOf(id), repeatable: true, signal }, [
        'id',
        'restorableUntil',
      ]),
    undelete: (id, { signal } = {}) =>
      transport.json<Generation>(
        { method: 'POST', path: `${pathOf(id)}/undelete`, repeatable: true, signal },
        generationFields,
      ),
    still: (id, { film, at, signal } = {}) =>
      transport.json<Asset>(
        { method: 'POST', path: `${pathOf(id)}/stills`, json: { film, at }, repeatable: true, signal },
        ['asset', 'sha256'],
      ),
    resolve: (id, resolution, { signal } = {}) =>
      transport.json<Generation>(
        { method: 'POST', path: `${pathOf(id)}/resolve`, json: resolution, repeatable: false, signal },
        generationFields,
      ),
    wait: (id, options = {}) => waitFor(id, options),
    events: (id, options = {}) => events(id, options, transport.retries),
    download: (id, { film, signal } = {}) =>
      openDownload(transport, { path: `${pathOf(id)}/content`, query: { film }, signal }),
  };
}

const ends: readonly State[] = ['done', 'failed', 'cancelled'];

/** Whether nothing comes after a state. */
export function isEnd(state: State): boolean {
  return ends.includes(state);
}

function instant(at: Date | string | undefined): string | undefined {
  return at instanceof Date ? at.toISOString() : at;
}
