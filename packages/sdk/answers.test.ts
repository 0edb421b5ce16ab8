import { stateTable } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { budgetRoutes } from '../server/http/native/budgets.ts';
import { checkRoutes } from '../server/http/native/check.ts';
import { ProjectAnswer, VersionAnswer } from '../server/http/native/projects.ts';
import { receiptRoutes } from '../server/http/native/receipts.ts';
import { SessionAnswer } from '../server/http/native/session.ts';
import * as shapes from '../server/http/native/shapes.ts';
import { usageRoutes } from '../server/http/native/usage.ts';
import { DeliveryAnswer, WebhookAnswer } from '../server/http/native/webhooks.ts';
import type * as answers from './answers.ts';
import type { Budget } from './budgets.ts';
import { isEnd } from './generations.ts';
import type { Key } from './keys.ts';
import type * as projects from './projects.ts';
import type { Receipt } from './receipts.ts';
import type { Identity } from './session.ts';
import type { Delivery, Webhook } from './webhooks.ts';

/** Names of the fields of an interface, as a value: the compiler refuses one too many and one too few. */
type Fields<Shape> = { readonly [Field in keyof Required<Shape>]: true };

/** What a schema takes, with the names that it has. Compiles only while the interface is what the schema takes. */
function held<Schema extends z.ZodObject, Shape extends z.input<Schema>>(schema: Schema, fields: Fields<Shape>) {
  return [schema, fields] as const;
}

/** Arrays that can only be read are as good as others here. */
type Writable<Value> = Value extends string | number
  ? Value
  : Value extends readonly (infer Item)[]
    ? Writable<Item>[]
    : Value extends object
      ? { -readonly [Field in keyof Value]: Writable<Value[Field]> }
      : Value;

const page = z.object({ items: z.array(z.unknown()), cursor: z.string().optional() });

test.each([
  [
    'Generation',
    held<typeof shapes.GenerationAnswer, Writable<answers.Generation>>(shapes.GenerationAnswer, {
      ...{ id: true, state: true, ended: true, model: true, dialect: true, request: true, quote: true, notes: true },
      ...{ problems: true, attempts: true, films: true, remixOf: true, starred: true, keyId: true, createdAt: true },
      ...{ updatedAt: true, finishedAt: true, urls: true, project: true, restorableUntil: true },
    }),
  ],
  [
    'Attempt',
    held<typeof shapes.AttemptAnswer, Writable<answers.Attempt>>(shapes.AttemptAnswer, {
      ...{ index: true, producer: true, account: true, state: true, progress: true, billed: true, problems: true },
      ...{ model: true, place: true, createdAt: true, startedAt: true, updatedAt: true, finishedAt: true },
    }),
  ],
  [
    'Film',
    held<typeof shapes.FilmAnswer, Writable<answers.Film>>(shapes.FilmAnswer, {
      ...{ index: true, attempt: true, url: true, sha256: true, mediaType: true, bytes: true, facts: true },
      createdAt: true,
    }),
  ],
  [
    'Webhook',
    held<typeof WebhookAnswer, Writable<Webhook>>(WebhookAnswer, {
      ...{ id: true, url: true, kinds: true, failures: true, failingSince: true, problem: true, disabledAt: true },
      createdAt: true,
    }),
  ],
  [
    'Delivery',
    held<typeof DeliveryAnswer, Writable<Delivery>>(DeliveryAnswer, { taken: true, status: true, problem: true }),
  ],
  [
    'Key',
    held<typeof shapes.KeyAnswer, Writable<Key>>(shapes.KeyAnswer, {
      ...{ id: true, name: true, workspace: true, prefix: true, createdAt: true, lastUsedAt: true, revokedAt: true },
      repeatSeconds: true,
    }),
  ],
  [
    'Identity',
    held<typeof SessionAnswer, Writable<Identity>>(SessionAnswer, {
      ...{ keyNeeded: true, by: true, workspace: true, key: true, mode: true, expiresAt: true },
    }),
  ],
  [
    'Asset',
    held<typeof shapes.AssetAnswer, Writable<answers.Asset>>(shapes.AssetAnswer, {
      ...{ asset: true, sha256: true, mediaType: true, bytes: true, name: true, facts: true, createdAt: true },
      url: true,
    }),
  ],
  [
    'Project',
    held<typeof ProjectAnswer, Writable<projects.Project>>(ProjectAnswer, {
      ...{ id: true, name: true, version: true, createdAt: true, updatedAt: true, deletedAt: true, key: true },
      ...{ device: true, picture: true },
    }),
  ],
  [
    'ProjectVersion',
    held<typeof VersionAnswer, Writable<projects.ProjectVersion>>(VersionAnswer, {
      ...{ version: true, name: true, savedAt: true, key: true, device: true },
    }),
  ],
  [
    'ShownProblem',
    held<typeof shapes.ShownProblem, Writable<answers.ShownProblem>>(shapes.ShownProblem, {
      ...{ code: true, message: true, remedy: true, path: true, values: true, source: true, retryable: true },
    }),
  ],
  [
    'ShownNote',
    held<typeof shapes.ShownNote, Writable<answers.ShownNote>>(shapes.ShownNote, {
      ...{ code: true, message: true, path: true, values: true },
    }),
  ],
  [
    'Deleted',
    held<typeof shapes.DeletedAnswer, answers.Deleted>(shapes.DeletedAnswer, { id: true, restorableUntil: true }),
  ],
  [
    'Cancelled',
    held<typeof shapes.CancelAnswer, answers.Cancelled>(shapes.CancelAnswer, { id: true, state: true, changed: true }),
  ],
  [
    'Event',
    held<typeof shapes.EventAnswer, answers.Event>(shapes.EventAnswer, {
      ...{ id: true, kind: true, generation: true, data: true, at: true },
    }),
  ],
  ['Page', held<typeof page, Writable<answers.Page<unknown>>>(page, { items: true, cursor: true })],
])('%s is what the server documents', (_, [schema, fields]) => {
  expect(Object.keys(fields).sort()).toEqual(Object.keys(schema.shape).sort());
});

/** The fields of an answer whose schema stands in the route table alone. */
function documented(routes: typeof checkRoutes, path: string): string[] {
  const schema = routes.find((one) => one.path === path)?.answers[200]?.schema;
  if (!(schema instanceof z.ZodObject)) throw new Error(`${path} documents no object`);
  return Object.keys(schema.shape).sort();
}

const quoteFields: Fields<answers.Quote> = {
  ...{ lines: true, total: true, cap: true, binding: true, currency: true, source: true, date: true },
  ...{ validSeconds: true, notes: true },
};
const checkFields: Fields<answers.Check> = {
  ...{ ok: true, problems: true, notes: true, request: true, film: true, prompt: true, tags: true, quote: true },
  ...{ typical: true, advice: true, models: true, refusing: true },
};
const datedFields: Fields<answers.DatedQuote> = {
  ...quoteFields,
  ...{ id: true, model: true, expiresAt: true, problems: true },
};
const advisedFields: Fields<answers.Advised> = { items: true, notes: true };
const usageFields: Fields<answers.Usage> = {
  ...{ from: true, until: true, items: true, money: true, unpriced: true, totals: true },
};
const budgetFields: Fields<Budget> = {
  ...{ id: true, workspace: true, key: true, period: true, since: true, limit: true, setBy: true, reserved: true },
  ...{ spent: true, left: true, converted: true, uncounted: true, createdAt: true, updatedAt: true },
};
const receiptFields: Fields<Receipt> = {
  ...{ generation: true, attempt: true, key: true, model: true, account: true, day: true, state: true, billed: true },
  ...{ cap: true, reserved: true, settled: true, released: true, held: true, seconds: true, settings: true },
  ...{ bookings: true, createdAt: true },
};

test.each([
  ['/v1/check', checkRoutes, checkFields],
  ['/v1/quotes', checkRoutes, datedFields],
  ['/v1/advise', checkRoutes, advisedFields],
  ['/v1/usage', usageRoutes, usageFields],
  ['/v1/budgets/{id}', budgetRoutes, budgetFields],
  ['/v1/receipts/{id}/settle', receiptRoutes, receiptFields],
])('%s answers what its interface says', (path, routes, fields) => {
  expect(Object.keys(fields).sort()).toEqual(documented(routes, path));
});

test('the ends of a generation are those of the table of states', () => {
  for (const [state, { terminal }] of Object.entries(stateTable))
    expect(isEnd(state as keyof typeof stateTable), state).toBe(terminal);
});
