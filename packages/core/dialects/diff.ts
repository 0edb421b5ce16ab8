import type { Card, MentionedMedia, Prompt, Reference, Request, Setting, Shot } from '../model/index.ts';
import { check, mentionsOf, noFacts, tidyPrompt } from '../model/index.ts';

/** Durations that differ by no more than half a frame of the slowest films are the same. */
const secondsTolerance = 0.5 / 24;

/**
 * The paths at which `other` does not say what `request` says, for this model. Names and ids of references are aside: mentions are compared
 * by what they point at. What is left out is the model's default. What only Refreel reads (`strict`, `draftMark` and the like) is aside too.
 * `places`: where each reference stands in `other`, if not in the same order.
 */
export function diff(request: Request, other: Request, card: Card, places?: readonly number[]): string[] {
  const found = inPlaces(other.references, places);
  const same = sameReference(request.references, found);
  const paths = [
    ...diffReferences(request.references, found),
    ...diffShots(request.shots, other.shots, same, defaultOf(card.seconds)),
    ...diffShape(request, other, card),
  ];
  const differs = (path: string, one: unknown, two: unknown) => {
    if (one !== two) paths.push(path);
  };
  differs('model', request.model, other.model);
  differs('startFrame', request.startFrame, other.startFrame);
  differs('endFrame', request.endFrame, other.endFrame);
  differs('from', request.from, other.from);
  differs('negativePrompt', blankAsNone(request.negativePrompt), blankAsNone(other.negativePrompt));
  for (const path of ['mode', 'fps', 'audio', 'watermark', 'expand', 'count'] as const) {
    const usual = defaultOf(card[path]);
    differs(path, request[path] ?? usual, other[path] ?? usual);
  }
  differs('seed', request.seed, other.seed);
  return paths;
}

/** Whether two mentions point at the same thing; without a comparison of their own, ids are compared. */
type SameReference = (one: string, other: string) => boolean;

const sameId: SameReference = (one, other) => one === other;

/** References in the order in which they were, before a wire with a list for each kind parted them. */
function inPlaces(references: readonly Reference[], places: readonly number[] | undefined): readonly Reference[] {
  if (places === undefined) return references;
  const moved = places.flatMap((place) => references[place] ?? []);
  return [...moved, ...references.filter((_, index) => !places.includes(index))];
}

function sameReference(references: readonly Reference[], others: readonly Reference[]): SameReference {
  const placeOf = (list: readonly Reference[], id: string) => list.findIndex((reference) => reference.id === id);
  return (one, other) => {
    const place = placeOf(references, one);
    return place === -1 ? one === other : place === placeOf(others, other);
  };
}

/**
 * Paths at which shots differ. Where there are several on either side, they are looked at as a whole. `usual` is what a lone shot lasts
 * that does not say it.
 */
export function diffShots(
  shots: readonly Shot[],
  others: readonly Shot[],
  same: SameReference = sameId,
  usual?: string | number | boolean,
): string[] {
  const [only] = shots;
  const [other] = others;
  if (shots.length === 1 && others.length === 1 && only !== undefined && other !== undefined) {
    return [
      ...(samePrompt(only.prompt, other.prompt, same) ? [] : ['shots[0].prompt']),
      ...(sameSeconds(only.seconds ?? usual, other.seconds ?? usual) ? [] : ['shots[0].seconds']),
    ];
  }
  const equal =
    shots.length === others.length &&
    shots.every((shot, index) => {
      const two = others[index]!;
      return samePrompt(shot.prompt, two.prompt, same) && sameSeconds(shot.seconds, two.seconds);
    });
  return equal ? [] : ['shots'];
}

function sameSeconds(one: Shot['seconds'] | string | boolean, other: Shot['seconds'] | string | boolean): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= secondsTolerance;
}

/** Whether two prompts say the same, however their words are cut into pieces. */
export function samePrompt(one: Prompt, other: Prompt, same: SameReference = sameId): boolean {
  const [first, second] = [tidyPrompt(one), tidyPrompt(other)];
  if (first.length !== second.length || mentionsOf(first).length !== mentionsOf(second).length) return false;
  return first.every((part, index) => {
    const two = second[index]!;
    if (typeof part === 'string' || typeof two === 'string') return part === two;
    return same(part.mention, two.mention) && mediaKey(part.media) === mediaKey(two.media);
  });
}

function mediaKey(media: MentionedMedia | undefined): string {
  return typeof media === 'object' ? `angle${media.angle}` : (media ?? '');
}

function diffReferences(references: readonly Reference[], others: readonly Reference[]): string[] {
  const paths: string[] = [];
  for (let index = 0; index < Math.max(references.length, others.length); index += 1) {
    const [one, two] = [references[index], others[index]];
    const path = `references[${index}]`;
    if (one === undefined || two === undefined) paths.push(path);
    else paths.push(...diffReference(one, two).map((field) => `${path}.${field}`));
  }
  return paths;
}

/** A moving picture is the same whether it is called a clip or a video: that is said by the kind. */
function diffReference(one: Reference, two: Reference): string[] {
  const [first, second] = [partsOf(one), partsOf(two)];
  const fields: string[] = one.kind === two.kind ? [] : ['kind'];
  if (first.image !== second.image) fields.push('image');
  if (first.angles !== second.angles) fields.push('angles');
  if (first.moving !== second.moving) fields.push(one.kind === 'video' ? 'video' : 'clip');
  if (first.voice !== second.voice) fields.push('voice');
  if (first.keepSound !== second.keepSound) fields.push('keepSound');
  if (one.kind === 'video' && two.kind === 'video' && one.use !== two.use) fields.push('use');
  return fields;
}

function partsOf(reference: Reference) {
  const { kind } = reference;
  return {
    image: kind === 'video' ? undefined : reference.image,
    angles: kind === 'subject' || kind === 'scene' ? (reference.angles ?? []).join('\n') : '',
    moving: kind === 'video' ? reference.video : kind === 'subject' ? reference.clip : undefined,
    voice: kind === 'video' || kind === 'subject' ? reference.voice : undefined,
    keepSound: kind === 'video' && reference.keepSound === true,
  };
}

/**
 * Size, ratio and tier say one thing together: what is lost is named, and what came in its place only where nothing was lost. The model's
 * usual ratio and tier are what a request means that names none.
 */
function diffShape(request: Request, other: Request, card: Card): string[] {
  const said = { size: sizeKey(request), ratio: request.ratio, tier: request.tier };
  const found = { size: sizeKey(other), ratio: other.ratio, tier: other.tier };
  const fields = ['size', 'ratio', 'tier'] as const;
  const lost = fields.filter((field) => said[field] !== undefined && said[field] !== found[field]);
  if (lost.length > 0) return lost;
  const [first] = card.formats.list;
  // Where the film takes over a picture's ratio, naming one says more than naming none.
  const ratio = card.formats.follows === undefined ? first?.ratio : undefined;
  // Films of any size have a usual one all the same.
  const size = said.ratio === undefined && said.tier === undefined ? usualSize(card) : undefined;
  const usual = { size, ratio, tier: first?.tier };
  return fields.filter((field) => (said[field] ?? usual[field]) !== (found[field] ?? usual[field]));
}

function usualSize(card: Card): string | undefined {
  if (card.formats.list.length > 0) return undefined;
  const plain: Request = { model: card.id, references: [], shots: [{ prompt: ['x'] }] };
  const { film } = check(plain, card, noFacts);
  return film === undefined ? undefined : sizeKey({ ...plain, size: film });
}

function sizeKey({ size }: Request): string | undefined {
  return size === undefined ? undefined : `${size.width}x${size.height}`;
}

function blankAsNone(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function defaultOf(setting: Setting | null): string | number | boolean | undefined {
  return setting?.default;
}
