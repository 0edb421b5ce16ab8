import type { AuthoredRequest } from '@refreel/core/authoring';
import type { ModelWish } from '@refreel/core/catalog';
import type { Card, InputName } from '@refreel/core/model';
import { type Accounts, openAccounts } from './accounts.ts';
import type { Advised, Check, DatedQuote, Event, Usage } from './answers.ts';
import { type Assets, openAssets } from './assets.ts';
import { type Budgets, openBudgets } from './budgets.ts';
import { type FollowOptions, follow } from './follow.ts';
import { type Generations, openGenerations } from './generations.ts';
import { type Keys, openKeys } from './keys.ts';
import { openProjects, type Projects } from './projects.ts';
import { openReceipts, type Receipts } from './receipts.ts';
import { openReferences, type References } from './references.ts';
import { openSessions, type Sessions } from './session.ts';
import { type Fetch, openTransport } from './transport.ts';
import { openWebhooks, type Webhooks } from './webhooks.ts';

/** Which server, and on whose behalf. */
export interface RefreelOptions {
  /** Such as "http://127.0.0.1:8787". */
  readonly baseUrl: string;
  /** Not needed by callers of a server's own machine until it has a key, nor by pages that a cookie lets in. */
  readonly key?: string | undefined;
  /** Language of messages. Default: what the browser asks for, else English. */
  readonly language?: 'en' | 'zh' | undefined;
  /** How often a call that failed is tried again where that is safe. Default 4, over about 6 s. */
  readonly retries?: number;
  /** Default: the global one. */
  readonly fetch?: Fetch;
}

/** How a request is looked at before it is made. */
export interface LookOptions {
  /** Where the vendor runs it, such as "cn-beijing". */
  readonly region?: string;
  readonly signal?: AbortSignal;
}

/** What else a check tells. */
export interface CheckOptions extends LookOptions {
  /** Models whose reports of what would be lost are wanted: ids, or every one that can make it. */
  readonly models?: readonly string[] | 'all';
}

/** Which models are wanted. */
export interface ModelFilter extends Omit<ModelWish, 'inputs'> {
  /** An input that it must take. */
  readonly input?: InputName;
  readonly signal?: AbortSignal;
}

/** A client of one server. Every call throws `RefreelError`, or the reason of the signal that aborted it. */
export interface Refreel {
  readonly generations: Generations;
  readonly accounts: Accounts;
  readonly assets: Assets;
  readonly budgets: Budgets;
  readonly receipts: Receipts;
  readonly references: References;
  readonly projects: Projects;
  readonly webhooks: Webhooks;
  readonly keys: Keys;
  readonly session: Sessions;
  /** Problems, notes, the settled film, its price and advice; for the models that are named, what becomes of every field. Nothing is made. */
  check(request: AuthoredRequest, options?: CheckOptions): Promise<Check>;
  /** What it will cost; `generations.create` accepts its id until it expires. @throws RefreelError for a request that cannot be made */
  quote(request: AuthoredRequest, options?: LookOptions): Promise<DatedQuote>;
  /** What would make a better film. */
  advise(request: AuthoredRequest, options?: LookOptions): Promise<Advised>;
  /** The models, each with everything that is known about it. */
  models(filter?: ModelFilter): Promise<readonly Card[]>;
  /** One model, by its id or an alias. */
  model(id: string, options?: { readonly signal?: AbortSignal }): Promise<Card>;
  /** Generations, and what vendors were paid for them, by day, key and model; the last 30 days unless asked otherwise. */
  usage(options?: { readonly from?: Date; readonly until?: Date; readonly signal?: AbortSignal }): Promise<Usage>;
  /**
   * Everything that happens in the workspace, from now on or after an event, until the signal is aborted or the loop is left. Breaks of the
   * connection are bridged from the first event on.
   */
  events(options?: FollowOptions): AsyncGenerator<Event, void, undefined>;
}

const usualRetries = 4;

/** Opens a client; nothing is sent yet. @throws TypeError for an address or a key that cannot be one */
export function openRefreel(options: RefreelOptions): Refreel {
  const { key, language, retries = usualRetries } = options;
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) throw new TypeError('the key holds what no key can hold');
  // Called without an object: browsers refuse a fetch that is called as somebody's method.
  const send: Fetch = options.fetch ?? ((address, init) => fetch(address, init));
  const transport = openTransport({ baseUrl: readBase(options.baseUrl), key, language, fetch: send, retries });

  const look = <Answer>(
    path: string,
    json: AuthoredRequest,
    { region, signal }: LookOptions,
    fields: readonly (keyof Answer & string)[],
    query: Readonly<Record<string, string | undefined>> = {},
  ) =>
    transport.json<Answer>(
      { method: 'POST', path, query: { region, ...query }, json, repeatable: true, signal },
      fields,
    );

  return {
    generations: openGenerations(transport),
    accounts: openAccounts(transport),
    assets: openAssets(transport),
    budgets: openBudgets(transport),
    receipts: openReceipts(transport),
    references: openReferences(transport),
    projects: openProjects(transport),
    webhooks: openWebhooks(transport),
    keys: openKeys(transport),
    session: openSessions(transport),
    check: (request, { models, ...how } = {}) =>
      look<Check>('/v1/check', request, how, ['ok', 'problems'], {
        models: typeof models === 'string' || models === undefined ? models : models.join(',') || undefined,
      }),
    quote: (request, how = {}) => look<DatedQuote>('/v1/quotes', request, how, ['total', 'lines']),
    advise: (request, how = {}) => look<Advised>('/v1/advise', request, how, ['items']),
    async models({ signal, ...query } = {}) {
      const found = await transport.json<{ items: readonly Card[] }>(
        { path: '/v1/models', query, repeatable: true, signal },
        ['items'],
      );
      return found.items;
    },
    model: (id, { signal } = {}) =>
      transport.json<Card>({ path: `/v1/models/${encodeURIComponent(id)}`, repeatable: true, signal }, ['id']),
    usage: ({ from, until, signal } = {}) =>
      transport.json<Usage>(
        {
          path: '/v1/usage',
          query: { from: from?.toISOString(), until: until?.toISOString() },
          repeatable: true,
          signal,
        },
        ['items'],
      ),
    events: (how = {}) =>
      follow(transport, {
        ...how,
        path: '/v1/events',
        retries,
        isLast: () => false,
        isOver: async () => false,
      }),
  };
}

function readBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new TypeError(`baseUrl must be an http or https address, not "${text}"`);
  if (url.username + url.password !== '') throw new TypeError('baseUrl must not hold a password');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
