import type { Json, SeenFilm } from '@refreel/core/dialects';
import type { VideoFacts } from '@refreel/core/model';
import { z } from 'zod';

/** A film that the vendor has told of, by its address. */
const TellableFilm = z.object({ url: z.string(), seconds: z.number().optional() });

/** A film of several that is stored here while another one cannot be had yet: its address may give it once, or be dead by then. */
const BroughtFilm = z.object({
  /** 0-based place among the films that the vendor tells of. */
  at: z.number(),
  /** The store keeps the file of a film that stands here. */
  sha256: z.string(),
  bytes: z.number(),
  facts: z.custom<VideoFacts>((value) => typeof value === 'object' && value !== null),
});

/**
 * What is kept of an attempt between two steps: any process can go on from it. What the preparation keeps there stays there.
 */
export const Course = z.looseObject({
  /** Media that were made to fit for all attempts of the generation, as they were given, by where its request names them. */
  given: z.record(z.string(), z.string()).optional(),
  /** Media that were made to fit for this attempt alone, by where its request names them. */
  fitted: z.record(z.string(), z.string()).optional(),
  /** Milliseconds since 1970. */
  sentAt: z.number().optional(),
  /** What the vendor would repeat of the submit; kept until its answer is. */
  trace: z.object({ model: z.string(), prompt: z.string() }).optional(),
  /** Until when the submit may have been taken, once its answer was lost. */
  lostAt: z.number().optional(),
  /** Times that it was looked for at the vendor since. */
  sought: z.number().optional(),
  /** Submits that surely did not reach the vendor. */
  unsent: z.number().optional(),
  /** The handle of the dialect's voyage. */
  voyage: z.custom<Json>((value) => value !== undefined).optional(),
  /** The vendor's own id, for people. */
  vendorId: z.string().optional(),
  /** When it was found at the vendor by evidence, its answer being lost. */
  adoptedAt: z.number().optional(),
  /** Answers in a row that it is not known there. */
  gone: z.number().optional(),
  films: z.array(TellableFilm).optional(),
  billedSeconds: z.number().optional(),
  /** When films were first told of. */
  seenAt: z.number().optional(),
  brought: z.array(BroughtFilm).optional(),
  /** Times that they could not be brought in. */
  unfetched: z.number().optional(),
  /** Times that a cancel could not be told. */
  uncancelled: z.number().optional(),
});
export type Course = z.infer<typeof Course>;

/** What is kept of an attempt; nothing where it was never sent. */
export function readCourse(handle: unknown): Course {
  return Course.parse(handle ?? {});
}

/** Of films, those that have an address. */
export function tellable(films: readonly SeenFilm[]): NonNullable<Course['films']> {
  return films.flatMap(({ url, seconds }) =>
    url === undefined ? [] : [{ url, ...(seconds !== undefined && { seconds }) }],
  );
}

/** As the store takes it. */
export function asHandle(course: Course): Json {
  return course as Json;
}
