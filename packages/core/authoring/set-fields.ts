import { type Media, mediaOf, type Reference, type Request, showPrompt, sizeWords } from '../model/index.ts';

/** One thing that a request says: where it stands in the canonical request, and what it is, as people read it. */
export interface SetField {
  readonly path: string;
  readonly asked: string;
}

/** Settings that are one value each, in the order in which a report tells them. */
const settings = ['mode', 'fps', 'audio', 'watermark', 'seed', 'count', 'expand', 'negativePrompt', 'from'] as const;

/** What only Refreel reads: no model is asked for it. */
export const ownFields = [
  'allowSplit',
  'strict',
  'fitMedia',
  'draftMark',
  'allowUnknownPrice',
  'retryBlocked',
] as const;

/** Every field that a request sets, in its own order. A list of several shots is a field of its own: their number and order are asked too. */
export function setFields(request: Request): SetField[] {
  const fields: SetField[] = [{ path: 'model', asked: request.model }];
  const say = (path: string, value: string | number | boolean | undefined) => {
    if (value !== undefined) fields.push({ path, asked: String(value) });
  };
  for (const [index, reference] of request.references.entries()) fields.push(...ofReference(reference, index));
  for (const frame of ['startFrame', 'endFrame'] as const)
    if (request[frame] !== undefined) say(frame, short(request[frame]));
  if (request.shots.length > 1) say('shots', request.shots.length);
  for (const [index, { prompt, seconds }] of request.shots.entries()) {
    say(`shots[${index}].prompt`, showPrompt(prompt, request.references));
    say(`shots[${index}].seconds`, seconds);
  }
  if (request.size !== undefined) say('size', sizeWords(request.size));
  for (const path of ['ratio', 'tier', ...settings, ...ownFields] as const) say(path, request[path]);
  for (const [index, model] of (request.alternatives ?? []).entries()) say(`alternatives[${index}]`, model);
  return fields;
}

function ofReference(reference: Reference, index: number): SetField[] {
  const path = `references[${index}]`;
  const { kind, id, name } = reference;
  const fields: SetField[] = [
    { path: `${path}.kind`, asked: kind },
    { path: `${path}.id`, asked: id },
    { path: `${path}.name`, asked: name },
    ...mediaOf(reference, path).map((use) => ({ path: use.path, asked: short(use.media) })),
  ];
  if (reference.kind !== 'video') return fields;
  fields.push({ path: `${path}.use`, asked: reference.use });
  if (reference.keepSound !== undefined) fields.push({ path: `${path}.keepSound`, asked: String(reference.keepSound) });
  return fields;
}

/** Letters of a medium's name that are worth showing: a data URI has millions. */
const mostShown = 80;

function short(media: Media): string {
  return media.length <= mostShown ? media : `${media.slice(0, mostShown - 1)}…`;
}
