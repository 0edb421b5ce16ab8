import { shapeMessage } from '@refreel/core/authoring';
import { states } from '@refreel/core/model';
import { z } from 'zod';
import { projectId } from '../../store/index.ts';

/** What is wrong or worth knowing, with its texts in the caller's language. */
const Values = z.record(z.string(), z.unknown());
export const ShownProblem = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  path: z.string(),
  values: Values,
  source: z.string().optional(),
  retryable: z.boolean(),
});
export const ShownNote = z.object({ code: z.string(), message: z.string(), path: z.string(), values: Values });

/** The shape of every refusal. */
export const ErrorAnswer = z.object({
  error: ShownProblem,
  problems: z.array(ShownProblem).min(1),
  /** Problems beyond those that are shown. */
  more: z.int().optional(),
});

const Instant = z.iso.datetime();
const State = z.enum(states);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

export const AssetAnswer = z.object({
  /** What requests name it by: "asset:<hash>". */
  asset: z.string(),
  sha256: Hash,
  mediaType: z.string(),
  bytes: z.int(),
  name: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
  createdAt: Instant,
  url: z.string(),
});

export const FilmAnswer = z.object({
  index: z.int(),
  attempt: z.int(),
  url: z.string(),
  sha256: Hash,
  mediaType: z.string(),
  bytes: z.int(),
  facts: z.unknown(),
  createdAt: Instant,
});

export const AttemptAnswer = z.object({
  index: z.int(),
  producer: z.enum(['animatic', 'upstream']),
  account: z.string(),
  /** What the account is asked for in place of the request's model: one of its alternatives. */
  model: z.string().nullable(),
  /** Whose films it brings: its own index, or that of the attempt whose place it took. The last one of a place speaks for it. */
  place: z.int(),
  state: State,
  progress: z.unknown(),
  billed: z.enum(['yes', 'no', 'unknown']),
  problems: z.array(ShownProblem),
  createdAt: Instant,
  updatedAt: Instant,
  /** When a producer first began with it. */
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});

/** A document of the Studio. What was asked for in it is found again by it. */
export const ProjectId = z.string().regex(
  projectId,
  shapeMessage({
    en: 'an id such as "prj_" and 26 small letters and digits',
    zh: '“prj_”加 26 个小写字母或数字的 id',
  }),
);

export const GenerationAnswer = z.object({
  id: z.string(),
  state: State,
  /** Nothing of it will change any more. */
  ended: z.boolean(),
  model: z.string(),
  /** The wire format that it came by. */
  dialect: z.string(),
  request: z.record(z.string(), z.unknown()),
  quote: z.unknown(),
  notes: z.array(ShownNote),
  problems: z.array(ShownProblem),
  attempts: z.array(AttemptAnswer),
  films: z.array(FilmAnswer),
  remixOf: z.string().nullable(),
  /** Marked by its owner to be found again. */
  starred: z.boolean(),
  /** Where it was asked for. */
  project: z.string().nullable(),
  /** Where it was deleted: until then it can be brought back. */
  restorableUntil: Instant.nullable(),
  keyId: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  finishedAt: Instant.nullable(),
  urls: z.object({ self: z.string(), events: z.string(), cancel: z.string() }),
});

export const DeletedAnswer = z.object({
  id: z.string(),
  /** Until then it can be brought back. */
  restorableUntil: Instant,
});

export const CancelAnswer = z.object({ id: z.string(), state: State, changed: z.boolean() });

export const KeyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  workspace: z.string(),
  /** The first characters of the secret. */
  prefix: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  /** For so long the same create in a vendor's clothes is answered with the first. */
  repeatSeconds: z.int().nullable(),
});

export const EventAnswer = z.object({
  id: z.int(),
  kind: z.string(),
  generation: z.string().nullable(),
  data: z.unknown(),
  at: Instant,
});

/** Part of a list; `cursor` asks for what comes after it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), cursor: z.string().optional() });
}

/** A whole number in a query, which is text. */
export function wholeNumber(least: number, most: number) {
  const says = shapeMessage({
    en: `a whole number from ${least} to ${most}`,
    zh: ` ${least} 到 ${most} 的整数`,
  });
  return z
    .string()
    .regex(/^\d{1,9}$/, says)
    .transform(Number)
    .refine((number) => number >= least && number <= most, says)
    .meta({ description: says });
}

/** Which part of a list. */
export const pageQuery = { limit: wholeNumber(1, 100).optional(), cursor: z.string().max(300).optional() };

/** "true" or "false" in a query. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** An instant in a query: "2026-11-20" or "2026-11-20T07:00:00Z". */
export const instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], {
    error: shapeMessage({
      en: 'a date or an instant such as "2026-11-20T07:00:00Z"',
      zh: '日期或时刻，例如“2026-11-20T07:00:00Z”',
    }),
  })
  .transform((text) => new Date(text));

/** An exact amount: whole millionths of a currency's unit. */
export const Amount = z.object({ micros: z.int(), currency: z.string() });

export const Words = z.strictObject({ en: z.string(), zh: z.string() });
