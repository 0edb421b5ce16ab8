import type { Card, Reference, ReferenceKind } from '@refreel/core/model';
import { makeId } from '@refreel/sdk';
import { freeName } from '../../document/names.ts';
import { addReference, useProjectStore } from '../../document/project-store.ts';
import { beginUpload, roleOfFile } from '../../document/uploads.ts';

/** The kinds that people are offered for a model, in the order of its panel: only what it takes. */
export function offeredKinds(card: Card): ReferenceKind[] {
  const kinds = (['subject', 'scene', 'image', 'video'] as const).filter((kind) => card.inputs[kind] !== null);
  // A kind that the model takes as another one that it has too would be the same panel twice.
  return kinds.filter((kind) => {
    const { as } = card.inputs[kind]!;
    return as === undefined || as === kind || card.inputs[as] === null || !kinds.includes(as);
  });
}

/** Adds a subject without a picture yet: its tiles ask for them. */
export function addSubject(): void {
  const { references } = useProjectStore.getState().project.request;
  addReference({ kind: 'subject', id: makeId(), name: freeName(undefined, 'subject', references) });
}

/** Adds a reference of each file that can be one: of the wanted kind, or of what fits the file. */
export function addFiles(files: Iterable<File>, card: Card, wanted?: ReferenceKind): void {
  for (const file of files) {
    const role = roleOfFile(file);
    if (role === 'image') addMedium(beginUpload(file), imageKind(card, wanted), file.name);
    if (role === 'video') addMedium(beginUpload(file), videoKind(card), file.name);
  }
}

/** Adds a reference of what stands at an address, which the server fetches. */
export function addAddress(url: string, card: Card, kind: ReferenceKind): void {
  const name = /([^/]+?)(?:[?#].*)?$/.exec(url)?.[1];
  addMedium(beginUpload({ url }), kind === 'video' ? videoKind(card) : imageKind(card, kind), name);
}

function imageKind(card: Card, wanted: ReferenceKind | undefined): ReferenceKind {
  const kinds = offeredKinds(card).filter((kind) => kind !== 'video');
  return kinds.find((kind) => kind === wanted) ?? kinds[0] ?? 'image';
}

function videoKind(card: Card): ReferenceKind {
  return card.inputs.video === null && card.inputs.subject?.clip === true ? 'subject' : 'video';
}

function addMedium(media: string, kind: ReferenceKind, fileName: string | undefined): void {
  const { references } = useProjectStore.getState().project.request;
  const known = { id: makeId(), name: freeName(fileName, kind, references) };
  const isFootage =
    kind === 'subject' && /^(?!.*\.(?:png|jpe?g|webp|gif|bmp|avif)$).*\.(?:mp4|mov|webm|mkv)$/i.test(fileName ?? '');
  addReference(referenceOf(kind, known, media, isFootage));
}

function referenceOf(
  kind: ReferenceKind,
  known: { readonly id: string; readonly name: string },
  media: string,
  isFootage: boolean,
): Reference {
  if (kind === 'video') return { kind, ...known, video: media, use: 'subject' };
  if (kind === 'subject') return isFootage ? { kind, ...known, clip: media } : { kind, ...known, image: media };
  return { kind, ...known, image: media };
}
