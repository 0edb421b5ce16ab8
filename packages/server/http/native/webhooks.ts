import { type Problem, problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import {
  createWebhook,
  type EventKind,
  eventKinds,
  findWebhook,
  listWebhooks,
  removeWebhook,
  type Webhook,
} from '../../store/index.ts';
import { json, jsonText, showProblem } from '../answer.ts';
import { oncePerKey } from '../repeat.ts';
import { type Call, type Route, route } from '../route.ts';
import { ShownProblem } from './shapes.ts';

/** Each is told everything: more would only be a way to have us knock at many doors. */
const mostWebhooks = 20;
/** Progress comes several times a second, and stars and the like are of people's own doing: whoever wants to hear of either says so. */
const usualKinds: readonly EventKind[] = eventKinds.filter(
  (kind) => kind !== 'attempt.progress' && kind !== 'generation.changed',
);

const Kind = z.enum(eventKinds);
export const WebhookAnswer = z.object({
  id: z.string(),
  url: z.string(),
  kinds: z.array(Kind),
  /** Deliveries that failed in a row, and since when. */
  failures: z.int(),
  failingSince: z.iso.datetime().nullable(),
  /** Why the last one failed. */
  problem: ShownProblem.nullable(),
  /** Given up after three days of failures, or because the receiver said 410: delete it and make a new one. */
  disabledAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export const DeliveryAnswer = z.object({
  taken: z.boolean(),
  /** What the receiver answered, where it did. */
  status: z.int().nullable(),
  problem: ShownProblem.nullable(),
});
const common = { access: 'caller', group: 'Webhooks' } as const;
const unknown = { says: 'No such webhook' };

/** Addresses that are told what happens, signed as standardwebhooks.com says, in order, each at least once. */
export const webhookRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    path: '/v1/webhooks',
    owned: false,
    summary: 'Have an address told what happens from now on; its secret is told this once',
    headers: { 'Idempotency-Key': 'The same request again has the same answer, for a day' },
    body: {
      schema: z.strictObject({ url: z.string().min(1).max(2048), kinds: z.array(Kind).min(1).optional() }),
    },
    answers: {
      201: { says: 'It is made', schema: WebhookAnswer.extend({ secret: z.string() }) },
      409: { says: 'There are as many as may be' },
      422: { says: 'The address may not be reached from here' },
    },
    answer: (call, parts) =>
      oncePerKey(call, parts, call.fingerprint, async () => {
        const { url, kinds = usualKinds } = call.body;
        const { workspace } = call.caller;
        const refused = parts.webhooks.inspect(url);
        if (refused !== undefined) throw new Refusal(refused);
        const asked = { url, kinds: [...new Set(kinds)] };
        const made = await createWebhook(parts.database.connection, workspace, asked, mostWebhooks);
        if (made === undefined) throw new Refusal(problem('webhooks_many', '', { limit: mostWebhooks }));
        parts.webhooks.wake();
        return jsonText(201, { ...writeWebhook(made, call), secret: parts.webhooks.secretOf(workspace, made.id) });
      }),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/webhooks',
    owned: false,
    summary: 'The webhooks of the workspace, oldest first, with how their deliveries go; never a secret',
    answers: { 200: { says: 'All of them', schema: z.object({ items: z.array(WebhookAnswer) }) } },
    async answer(call, { database }) {
      const found = await listWebhooks(database.connection, call.caller.workspace);
      return json(200, { items: found.map((one) => writeWebhook(one, call)) });
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    owned: true,
    summary: 'Tell it no more',
    answers: { 200: { says: 'What it was', schema: WebhookAnswer }, 404: unknown },
    async answer(call, { database }) {
      const removed = await removeWebhook(database.connection, call.caller.workspace, call.path.id!);
      if (removed === undefined) throw new Refusal(unknownWebhook(call));
      return json(200, writeWebhook(removed, call));
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/webhooks/{id}/test',
    owned: true,
    summary: 'Send it a message of the type "webhook.test", once, and tell how that went',
    body: { schema: z.strictObject({}), optional: true },
    answers: { 200: { says: 'How it went', schema: DeliveryAnswer }, 404: unknown },
    async answer(call, { database, webhooks }) {
      const { workspace } = call.caller;
      const found = await findWebhook(database.connection, workspace, call.path.id!);
      if (found === undefined) throw new Refusal(unknownWebhook(call));
      const { taken, status = null, ...rest } = await webhooks.ping(workspace, found);
      const why = 'problem' in rest ? showProblem(rest.problem as Problem, call.language) : null;
      return json(200, { taken, status, problem: why });
    },
  }),
];

function writeWebhook({ problem: why, ...webhook }: Webhook, { language }: Call) {
  return { ...webhook, problem: why === null ? null : showProblem(why, language) };
}

function unknownWebhook({ path }: Call): Problem {
  return problem('webhook_unknown', 'id', { found: path.id!.slice(0, 100) });
}
