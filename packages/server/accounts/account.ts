import type { CodecContext, Dialect } from '@refreel/core/dialects';
import { Card } from '@refreel/core/model';
import { z } from 'zod';
import type { AccountKey } from './key.ts';
import { AccountPrice } from './prices.ts';

/** An id that stands in rows, messages and metrics. */
const Id = z.string().regex(/^[\w.-]{1,60}$/, '1 to 60 letters, digits, dots, dashes or underscores');
const ModelId = z.string().min(1).max(200);

/** It was JSON, and is sent as such: what is inside is the engine's to know. */
const Field = z.union([z.string(), z.number(), z.boolean(), z.array(z.unknown()), z.record(z.string(), z.unknown())]);

/** Said of an entry with two keys, and of one without where its dialect wants one. */
export const oneKey = 'exactly one of key and keyEnv must be given';

/** One entry of the file of accounts, as a person writes it. */
export const AccountEntry = z
  .strictObject({
    id: Id,
    /** A folder of core/dialects. */
    dialect: z.string(),
    /** What stands before the dialect's paths: "https://api.venice.ai/api/v1". */
    baseUrl: z.string().min(1).max(2000),
    /** Or keyEnv; neither where an engine of one's own has no key. */
    key: z.string().min(1).max(4000).optional(),
    /** The variable of the environment that holds the key. */
    keyEnv: z.string().min(1).max(200).optional(),
    /** Our ids, or our ids with the vendor's. */
    models: z.union([z.array(ModelId).min(1), z.record(ModelId, ModelId)]),
    lookIntervalSeconds: z.number().min(0.05).max(3600).optional(),
    /** Generations that are at the vendor at the same time. */
    concurrency: z.int().min(1).max(100_000).optional(),
    /** Submits that may begin within any such stretch of time. */
    pace: z.strictObject({ submits: z.int().min(1).max(10_000), seconds: z.number().min(0.1).max(86_400) }).optional(),
    region: z.string().min(1).max(40).optional(),
    /** Which edition of the vendor's pages it goes by, where the newest one excludes what the documents of before say. Default: `documented`. */
    edition: z.enum(['documented', 'current']).optional(),
    /** Our ids of models, and what they cost here. */
    prices: z.record(ModelId, AccountPrice).optional(),
    /** Goes along with everything that asks an engine for a film: steps, guidance, adapters. */
    fields: z.record(z.string().regex(/^[\w.-]{1,60}$/), Field).optional(),
    /** Models that the catalog does not have, or has otherwise. */
    cards: z.array(Card).optional(),
  })
  // Whether there must be one is its dialect's to say.
  .refine(({ key, keyEnv }) => key === undefined || keyEnv === undefined, { path: ['key'], message: oneKey });
export type AccountEntry = z.infer<typeof AccountEntry>;

/** Somebody's account at a vendor: where it is, what it speaks, and what it can make. */
export interface Account {
  readonly id: string;
  readonly dialect: Dialect;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly key: AccountKey;
  /** Our id of a model -> the vendor's. */
  readonly models: ReadonlyMap<string, string>;
  readonly lookIntervalSeconds: number;
  /** Undefined: as many as come. */
  readonly concurrency: number | undefined;
  /** Undefined: as fast as they come. */
  readonly pace: { readonly submits: number; readonly seconds: number } | undefined;
  readonly region: string | undefined;
  /** Where it stands: in the file, in the environment, or in the store, to which it was added over the API. */
  readonly origin: 'file' | 'environment' | 'added';
  readonly cards: readonly Card[];
  /** Added to whatever asks for a film. */
  readonly fields: CodecContext['fields'];
  /** The card behind the vendor's own name of a model, or behind ours. */
  readonly findCard: CodecContext['findCard'];
  /** A card (of its region) as this account has it: by its edition, and at its own prices. */
  readonly adapt: (card: Card) => Card;
}

/** Where a key may be sent. */
export function originOf({ baseUrl }: Pick<Account, 'baseUrl'>): string {
  return new URL(baseUrl).origin;
}
