import { states } from '@refreel/core/model';
import { z } from 'zod';
import { type LedgerLine, ledgerPage, ledgerTotals } from '../../sandbox/ledger.ts';
import { json } from '../answer.ts';
import type { Parts } from '../parts.ts';
import { type Route, route } from '../route.ts';
import { Amount, instant, pageQuery, Words } from './shapes.ts';

const reasons = [
  'made',
  'made_in_part',
  'refused_is_charged',
  'not_made',
  'unsettled',
  'price_unknown',
] as const satisfies readonly LedgerLine['charge']['reason'][];

const LedgerAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      /** As its vendor's clients know it. */
      publicId: z.string(),
      workspace: z.string(),
      key: z.string().nullable(),
      dialect: z.string(),
      model: z.string(),
      createdAt: z.iso.datetime(),
      /** As its owner is shown it. */
      state: z.enum(states),
      faults: z.array(z.string()),
      /** Null while it has not ended, and where no document says what it costs. */
      charged: Amount.nullable(),
      reason: z.enum(reasons),
      /** The document writes "about", or a clip was not measured. */
      approximate: z.boolean(),
      /** What it is made of: seconds of film and of input video, each with its rate. */
      lines: z.array(
        z.object({
          label: Words,
          seconds: z.number(),
          times: z.int(),
          rateMicros: z.int().nullable(),
          amount: Amount.nullable(),
        }),
      ),
      /** What it was settled to: what an unknown price would be of. */
      film: z
        .object({
          seconds: z.number(),
          width: z.int(),
          height: z.int(),
          audio: z.boolean(),
          count: z.int(),
          attempts: z.int(),
        })
        .nullable(),
    }),
  ),
  cursor: z.string().optional(),
  /** Of everything that the filter finds. */
  totals: z.object({
    charged: z.array(Amount),
    generations: z.int(),
    unsettled: z.int(),
    priceUnknown: z.int(),
  }),
});

/** What the vendors would have charged. */
export const ledgerRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/v1/sandbox/ledger',
    access: 'operator',
    owned: false,
    group: 'Sandbox',
    summary: 'What the vendors would have charged, one line a generation of every workspace, newest first',
    query: z.strictObject({
      ...pageQuery,
      dialect: z.string().max(40).optional(),
      model: z.string().max(200).optional(),
      key: z.string().max(60).optional(),
      from: instant.optional(),
      until: instant.optional(),
    }),
    answers: { 200: { says: 'A part of it, and the sums of all', schema: LedgerAnswer } },
    async answer({ query }, parts) {
      const { limit = 20, cursor, key, ...rest } = query;
      const filter = { ...rest, keyId: key };
      const room = { connection: parts.database.connection, generations: parts.generations };
      const page = await ledgerPage(room, { ...filter, limit, cursor });
      const [items, totals] = await Promise.all([
        Promise.all(page.items.map((line) => writeLine(line, parts))),
        ledgerTotals(room, filter),
      ]);
      return json(200, { items, ...(page.cursor !== undefined && { cursor: page.cursor }), totals });
    },
  }),
];

async function writeLine({ generation, state, charge, quote }: LedgerLine, { generations }: Parts) {
  const { id, publicId, workspaceId, keyId, dialect, model, createdAt, faults } = generation;
  const { film } = await generations.facts({ workspace: workspaceId, keyId: undefined }, generation);
  return {
    ...{ id, publicId, workspace: workspaceId, key: keyId, dialect, model, createdAt, state, faults },
    charged: charge.amount,
    reason: charge.reason,
    approximate: !quote.binding,
    lines: quote.lines.map(({ label, seconds, times, rateMicros, amount }) => ({
      ...{ label, seconds, times, rateMicros, amount },
    })),
    film: film === undefined ? null : shapeOf(film),
  };
}

function shapeOf({
  seconds,
  width,
  height,
  audio,
  count,
  attempts,
}: {
  readonly [Field in 'seconds' | 'width' | 'height' | 'count' | 'attempts']: number;
} & { readonly audio: boolean }) {
  return { seconds, width, height, audio, count, attempts };
}
