import { type Problem, problem, type Reference } from '../model/index.ts';
import type { AuthoredReference } from './authored.ts';
import { unknownField } from './unknown-field.ts';

/** References that a workspace keeps, by every word that names one: its id and its name. */
export type SavedReferences = ReadonlyMap<string, Reference>;

/**
 * Reads references as people write them. Names and ids that were left out are made: "subject1", and the name is the id. One that is `saved` is
 * looked up; it keeps the id of the kept one, so that every request tells where it came from.
 */
export function readReferences(
  authored: readonly AuthoredReference[],
  problems: Problem[],
  saved: SavedReferences = new Map(),
): Reference[] {
  const counts = { subject: 0, scene: 0, image: 0, video: 0 };
  return authored.flatMap((written, index): Reference[] => {
    if (written.saved !== undefined) return readSaved(written, `references[${index}]`, problems, saved);
    const kind = written.kind ?? (written.video === undefined ? 'subject' : 'video');
    counts[kind] += 1;
    const name = written.name ?? `${kind}${counts[kind]}`;
    const known = { id: written.id ?? name, name };
    const refuse = (field: string, en: string, zh: string): Reference[] => {
      problems.push(problem('invalid_request', `references[${index}].${field}`, { found: { en, zh } }));
      return [];
    };
    const allowed = fieldsOf[kind];
    const extra = Object.keys(written).find(
      (field) => !allowed.includes(field) && !['kind', 'id', 'name'].includes(field),
    );
    if (extra !== undefined) {
      problems.push(unknownField(`references[${index}].${extra}`, extra, allowed, true));
      return [];
    }
    if (kind === 'video') {
      const { video, use = 'subject', keepSound, voice } = written;
      if (video === undefined) return refuse('video', 'the reference needs a video', '需要一段视频');
      return [{ kind, ...known, video, use, ...defined({ keepSound, voice }) }];
    }
    const { image, angles, clip, voice } = written;
    if (kind === 'subject') return [{ kind, ...known, ...defined({ image, angles, clip, voice }) }];
    if (image === undefined) return refuse('image', `the ${kind} needs a picture`, '需要一张图像');
    return kind === 'scene' ? [{ kind, ...known, image, ...defined({ angles }) }] : [{ kind, ...known, image }];
  });
}

function readSaved(
  { saved: word = '', id, name, ...rest }: AuthoredReference,
  path: string,
  problems: Problem[],
  saved: SavedReferences,
): Reference[] {
  const [extra] = Object.keys(rest);
  if (extra !== undefined) {
    const found = { en: 'it stands beside `saved`, which brings its own', zh: '已有 `saved`，不能再另行填写' };
    problems.push(problem('invalid_request', `${path}.${extra}`, { found }));
    return [];
  }
  const kept = saved.get(word);
  if (kept === undefined) {
    problems.push(problem('reference_unknown', `${path}.saved`, { found: word }));
    return [];
  }
  return [{ ...kept, ...defined({ id, name }) }];
}

/** What a request of any shape names as `saved`, each once: to be looked up before it is read. */
export function savedIn(input: unknown): string[] {
  const { references } = (typeof input === 'object' && input !== null ? input : {}) as { references?: unknown };
  if (!Array.isArray(references)) return [];
  const words = references.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'saved' in one ? one.saved : undefined,
  );
  return [...new Set(words.filter((word) => typeof word === 'string'))];
}

/** Without the fields that are undefined. */
export function defined<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

const fieldsOf: Readonly<Record<Reference['kind'], readonly string[]>> = {
  subject: ['image', 'angles', 'clip', 'voice'],
  scene: ['image', 'angles'],
  image: ['image'],
  video: ['video', 'use', 'keepSound', 'voice'],
};
