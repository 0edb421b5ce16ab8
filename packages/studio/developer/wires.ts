import { lossReport, lossReports } from '@refreel/core/authoring';
import { cards, inRegion } from '@refreel/core/catalog';
import { type Dialect, dialects } from '@refreel/core/dialects';
import { type Facts, type Note, type Problem, type Request, replaceMedia } from '@refreel/core/model';
import type { Course } from './course.ts';
import { courseOver } from './dialect-course.ts';
import { nativeCourse } from './native-course.ts';

/** A request over one wire. */
export interface Wire {
  /** "native", or a dialect's id. */
  readonly id: string;
  /** That of the request, or the one of the dialect that loses least of it. */
  readonly model: string;
  /** Undefined where it cannot be said there. */
  readonly course: Course | undefined;
  readonly notes: readonly Note[];
  /** Why it cannot be said, or would be refused. */
  readonly problems: readonly Problem[];
}

/** A request over the native API and over every dialect. `origin` is the server's, which also gives out the media. */
export function wiresOf(request: Request, facts: Facts, origin: string): Wire[] {
  const native = { id: 'native', model: request.model, course: nativeCourse(request, origin), notes: [], problems: [] };
  return [native, ...dialects.map((dialect) => wireOf(dialect, request, facts, origin))];
}

function wireOf(dialect: Dialect, request: Request, facts: Facts, origin: string): Wire {
  const { id } = dialect;
  const model = modelFor(dialect, request, facts);
  const asked = replaceMedia({ ...request, model }, (media) => addressOf(media, origin));
  const written = courseOver(dialect, asked, origin);
  if (!written.ok) return { id, model, course: undefined, notes: [], problems: written.problems };
  const { problems } = lossReport(request, model, facts);
  return { id, model, course: written.course, notes: written.notes, problems };
}

/** The request's own model where the dialect has it, else the one that loses least. A dialect without models of its own takes those of others. */
function modelFor({ id, bases, variantOf }: Dialect, request: Request, facts: Facts): string {
  const region = bases[0]?.region;
  const there = cards.filter((card) => region === undefined || !('code' in inRegion(card, region)));
  const own = there.filter((card) => card.dialect === id);
  const family = own.length > 0 || variantOf !== undefined ? own : there.filter((card) => isKin(card.dialect, id));
  if (family.some((card) => card.id === request.model)) return request.model;
  const { reports } = lossReports(
    request,
    family.map((card) => card.id),
    facts,
  );
  const costs = reports.map(({ model, problems, counts }) => ({
    model,
    cost: problems.length * 100 + counts.degraded,
  }));
  return costs.sort((one, other) => one.cost - other.cost)[0]?.model ?? request.model;
}

/** Whether a dialect is a variant of another: then it takes that one's models. */
function isKin(dialect: string, of: string): boolean {
  return dialects.find(({ id }) => id === dialect)?.variantOf === of;
}

function addressOf(media: string, origin: string): string {
  return /^asset:[0-9a-f]{64}$/.test(media) ? `${origin}/v1/assets/${media.slice(6)}/content` : media;
}
