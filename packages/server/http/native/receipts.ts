import { Currency, type Money, problem, Refusal, showExact, states } from '@refreel/core/model';
import { z } from 'zod';
import { type BillRefusal, listReceipts, type Receipt, settleBill } from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';
import { Amount, flag, instant, pageOf, pageQuery } from './shapes.ts';

const ReceiptAnswer = z.object({
  generation: z.string(),
  /** 0-based. */
  attempt: z.int(),
  key: z.string().nullable(),
  model: z.string(),
  account: z.string(),
  /** UTC, of its acceptance: budgets and usage count it on this day. */
  day: z.string(),
  state: z.enum(states),
  billed: z.enum(['yes', 'no', 'unknown']),
  /** The most that it may cost; null where no document says. */
  cap: Amount.nullable(),
  /** All that was ever set aside for it: settled, released, or held still. Null where nothing could be. */
  reserved: Amount.nullable(),
  settled: Amount.nullable(),
  released: Amount.nullable(),
  held: Amount.nullable(),
  /** What would be paid for: seconds of film, and what that is like. */
  seconds: z.number(),
  settings: z.record(z.string(), z.unknown()),
  /** What was moved and when; the entries of a booking sum to zero. */
  bookings: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['reserve', 'settle', 'release']),
      at: z.iso.datetime(),
      entries: z.array(z.object({ place: z.enum(['purse', 'reserved', 'vendor']), amount: Amount })),
    }),
  ),
  createdAt: z.iso.datetime(),
});

const Settle = z.strictObject({
  /** 0-based. */
  attempt: z.int().min(0).max(1000).optional(),
  billed: z.enum(['yes', 'no']),
  /** Where less was charged than is held. */
  amount: z.strictObject({ micros: z.int().min(0).max(1e15), currency: Currency }).optional(),
});

const common = { access: 'caller', group: 'Money' } as const;

/** What every attempt at a vendor was to cost, and what became of it. Drafts cost nothing and have none. */
export const receiptRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'GET',
    path: '/v1/receipts',
    owned: false,
    summary: 'Receipts, one an attempt at a vendor, newest first; `open=true`: those that are not settled',
    query: z.strictObject({
      ...pageQuery,
      generation: z.string().max(60).optional(),
      key: z.string().max(60).optional(),
      model: z.string().max(200).optional(),
      open: flag.optional(),
      from: instant.optional(),
      until: instant.optional(),
    }),
    answers: { 200: { says: 'A page of them', schema: pageOf(ReceiptAnswer) } },
    async answer({ caller, query }, { database }) {
      const { limit = 20, generation, key, ...filter } = query;
      const asked = { ...filter, limit, generationId: generation, keyId: key };
      const page = await listReceipts(database.connection, caller.workspace, asked);
      return json(200, { ...page, items: page.items.map(writeReceipt) });
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/receipts/{id}/settle',
    owned: true,
    summary:
      'Say whether a vendor charged for an attempt of a generation that has ended, where nobody here could know it',
    body: { schema: Settle },
    answers: {
      200: { says: 'Settled', schema: ReceiptAnswer },
      404: { says: 'No such receipt' },
      409: { says: 'It is settled already, or has not ended' },
    },
    async answer({ caller: { workspace }, path, body }, { database: { connection } }) {
      const [generationId, index] = [path.id!, body.attempt ?? 0];
      const settled = await settleBill(connection, workspace, { generationId, index }, body);
      if (settled !== 'done') throw new Refusal(refusalOf(settled, generationId, index));
      const { items } = await listReceipts(connection, workspace, { generationId, limit: 1000 });
      return json(200, writeReceipt(items.find((one) => one.index === index)!));
    },
  }),
];

function refusalOf(refused: BillRefusal, generationId: string, index: number) {
  const names = { id: generationId.slice(0, 100), found: index };
  switch (refused.why) {
    case 'unknown':
      return problem('receipt_unknown', 'id', names);
    case 'unfinished':
      return problem('receipt_open', 'attempt', { ...names, state: refused.state });
    case 'settled':
      return problem('receipt_settled', 'attempt', { ...names, billed: refused.billed });
    case 'amount':
      return problem('receipt_amount', 'amount', { limit: showExact(refused.held) });
  }
}

function writeReceipt({ currency, ...one }: Receipt) {
  const amount = (micros: number | null): Money | null =>
    micros === null || currency === null ? null : { micros, currency };
  const { generationId, index, keyId, model, account, day, state, billed, seconds, settings, createdAt } = one;
  return {
    ...{ generation: generationId, attempt: index, key: keyId, model, account, day, state, billed },
    cap: amount(one.cap),
    reserved: amount(one.reserved),
    settled: amount(one.settled),
    released: amount(one.released),
    held: amount(one.held),
    ...{ seconds, settings, createdAt },
    bookings: one.bookings.map(({ entries, ...booking }) => ({
      ...booking,
      entries: entries.map(({ place, micros }) => ({ place, amount: amount(micros) })),
    })),
  };
}
