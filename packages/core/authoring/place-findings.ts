import { mentionsOf, type Note, type Problem, type Request } from '../model/index.ts';
import type { SetField } from './set-fields.ts';
import { isWithin } from './translate.ts';

/** What was found, by the fields that it speaks of. */
export interface PlacedFindings {
  /** By path; those of a list or of a whole reference stand at its own path. */
  readonly notes: ReadonlyMap<string, readonly Note[]>;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** Of no field that is set: what is missing, and what holds for the request as a whole. */
  readonly whole: { readonly notes: readonly Note[]; readonly problems: readonly Problem[] };
}

/** Finds for each note and problem the fields that it speaks of. None is lost: what belongs to no field is told of the whole. */
export function placeFindings(
  request: Request,
  fields: readonly SetField[],
  found: { readonly notes: readonly Note[]; readonly problems: readonly Problem[] },
): PlacedFindings {
  const paths = fields.map(({ path }) => path);
  const notes = new Map<string, Note[]>();
  const problems = new Map<string, Problem[]>();
  const whole = { notes: [] as Note[], problems: [] as Problem[] };
  const put = <Finding>(all: Map<string, Finding[]>, rest: Finding[], one: Finding, places: readonly string[]) => {
    for (const place of places) all.set(place, [...(all.get(place) ?? []), one]);
    if (places.length === 0) rest.push(one);
  };
  for (const note of found.notes) put(notes, whole.notes, note, placesOfNote(note, request, paths));
  for (const one of found.problems) put(problems, whole.problems, one, placesOf(one.path, paths));
  return { notes, problems, whole };
}

/** Notes on a list of views, on shots and on what a shape implies are told of the fields that they change. */
function placesOfNote(note: Note, request: Request, paths: readonly string[]): string[] {
  const { code, path, values } = note;
  if (code === 'angles_dropped' || code === 'angles_not_taken') {
    const kept = typeof values.limit === 'number' ? values.limit : 0;
    return paths.filter((one) => one.startsWith(`${path}[`) && Number(/\[(\d+)\]$/.exec(one)?.[1]) >= kept);
  }
  const timed = paths.filter((one) => /^shots\[\d+\]\.seconds$/.test(one));
  if (code === 'shot_times_open') return timed.length > 0 ? timed : placesOf(path, paths);
  if (code === 'shots_as_text') return [...placesOf(path, paths), ...timed];
  if (code === 'mentions_as_text' && path === 'shots')
    return request.shots.flatMap(({ prompt }, index) =>
      mentionsOf(prompt).length > 0 ? [`shots[${index}].prompt`] : [],
    );
  // A mode that nobody asked for comes of the shape that somebody did.
  if (path === 'mode' && !paths.includes(path))
    return paths.filter((one) => one === 'tier' || one === 'size').slice(-1);
  return placesOf(path, paths);
}

/** The field itself; else the list or the reference that holds fields; else the shot that a field which is not set belongs to. */
function placesOf(path: string, paths: readonly string[]): string[] {
  if (path === '') return [];
  if (paths.includes(path) || paths.some((one) => isWithin(one, path))) return [path];
  const shot = /^(shots\[\d+\])\./.exec(path)?.[1];
  return shot === undefined ? [] : [`${shot}.prompt`];
}
