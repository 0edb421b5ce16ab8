import { mentionsOf, type Note, type Problem, type Prompt, type Request, writeNamedMention } from '../model/index.ts';
import { holdersOf } from './paths.ts';
import type { SetField } from './set-fields.ts';

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
  const places = placesIn(fields);
  const notes = new Map<string, Note[]>();
  const problems = new Map<string, Problem[]>();
  const whole = { notes: [] as Note[], problems: [] as Problem[] };
  const put = <Finding>(all: Map<string, Finding[]>, rest: Finding[], one: Finding, at: readonly string[]) => {
    for (const place of at) {
      const there = all.get(place);
      if (there === undefined) all.set(place, [one]);
      else there.push(one);
    }
    if (at.length === 0) rest.push(one);
  };
  for (const note of found.notes) put(notes, whole.notes, note, placesOfNote(note, request, places));
  for (const one of found.problems) put(problems, whole.problems, one, placesOf(one.path, places));
  return { notes, problems, whole };
}

/** The places of a request that fields have, and those that hold them. */
interface Places {
  readonly fields: ReadonlySet<string>;
  readonly holders: ReadonlySet<string>;
  /** Seconds of shots. */
  readonly timed: readonly string[];
}

function placesIn(fields: readonly SetField[]): Places {
  const paths = fields.map(({ path }) => path);
  return {
    fields: new Set(paths),
    holders: new Set(paths.flatMap(holdersOf)),
    timed: paths.filter((path) => /^shots\[\d+\]\.seconds$/.test(path)),
  };
}

/** Notes on a list of views, on shots and on what a shape implies are told of the fields that they change. */
function placesOfNote({ code, path, values }: Note, request: Request, places: Places): string[] {
  const { fields, timed } = places;
  if (code === 'angles_dropped' || code === 'angles_not_taken') {
    const left: string[] = [];
    const kept = typeof values.limit === 'number' ? values.limit : 0;
    for (let index = kept; fields.has(`${path}[${index}]`); index += 1) left.push(`${path}[${index}]`);
    return left;
  }
  if (code === 'shot_times_open' && timed.length > 0) return [...timed];
  if (code === 'shots_as_text') return [...placesOf(path, places), ...timed];
  if (path === 'shots' && inMentions.has(code)) {
    const speaking = request.shots.flatMap(({ prompt }, index) =>
      speaksOf(values.found, prompt, request) ? [`shots[${index}].prompt`] : [],
    );
    if (speaking.length > 0) return speaking;
  }
  // Of a lone shot there is no list.
  if (path === 'shots' && request.shots.length === 1) return ['shots[0].prompt'];
  // A mode that nobody asked for comes of the shape that somebody did.
  if (path === 'mode' && !fields.has(path)) return ['tier', 'size'].filter((one) => fields.has(one)).slice(0, 1);
  return placesOf(path, places);
}

/** What happens to mentions happens in the prompts that hold them. */
const inMentions: ReadonlySet<Note['code']> = new Set(['mentions_as_text', 'mention_without_tag', 'mention_of_whole']);

function speaksOf(found: Note['values'][string] | undefined, prompt: Prompt, { references }: Request): boolean {
  const named = mentionsOf(prompt).map((mention) => writeNamedMention(mention, references));
  return Array.isArray(found) ? named.some((name) => found.includes(name)) : named.length > 0;
}

/** The field itself; else the list or the reference that holds fields; else the shot that a field which is not set belongs to. */
function placesOf(path: string, { holders }: Places): string[] {
  if (path === '') return [];
  if (holders.has(path)) return [path];
  const shot = /^(shots\[\d+\])\./.exec(path)?.[1];
  return shot === undefined ? [] : [`${shot}.prompt`];
}
