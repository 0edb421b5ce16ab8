import type { Card, Reference, ReferenceKind } from '@refreel/core/model';
import { makeId } from '@refreel/sdk';
import { freeName } from '../../document/names.ts';
import { addReference, useProjectStore } from '../../document/project-store.ts';
import { beginUpload, roleOfFile } from '../../document/uploads.ts';
import { tellLeft } from '../media/tell-left.ts';

/** The kinds that people are offered for a model, in the order of its panel: only what it takes. */
export function offeredKinds(card: Card): ReferenceKind[] {
  const kinds = (['subject', 'scene', 'image', 'video'] as const).filter((kind) => card.inputs[kind] !== null);
  // A kind that the model takes as another one that it has too would be the same panel twice.
  return kinds.filter((kind) => {
    const { as } = card.inputs[kind]!;
    return as === undefined || as === kind || card.inputs[as] === null || !kinds.includes(as);
  });
}

/** What a reference of a kind is to a model: a kind that it takes as another stands among those, and is numbered with them. */
export function kindOn(card: Card, kind: ReferenceKind): ReferenceKind {
  return card.inputs[kind]?.as ?? kind;
}

/** Adds a subject without a picture yet: its tiles ask for them. */
export function addSubject(): void {
  const { references } = useProjectStore.getState().project.request;
  addReference({ kind: 'subject', id: makeId(), name: freeName(undefined, 'subject', references) });
}

/** Adds a reference of each file that can be one: of the wanted kind, or of what fits the file. */
export function addFiles(files: Iterable<File>, card: Card, wanted?: ReferenceKind): void {
  tellLeft(files, card.inputs.video === null && card.inputs.subject?.clip !== true ? ['image'] : ['image', 'video']);
  for (const file of files) {
    const role = roleOfFile(file);
    if (role === 'image') addMedium(beginUpload(file), pictureKind(card, wanted), file.name, false);
    if (role === 'video') addMedium(beginUpload(file), footageKind(card, wanted), file.name, true);
  }
}

/** Adds a reference of a medium; `footage` where it moves. `fileName` gives it its name. */
export function addMedium(media: string, kind: ReferenceKind, fileName: string | undefined, footage: boolean): void {
  const { references } = useProjectStore.getState().project.request;
  const known = { id: makeId(), name: freeName(fileName, kind, references) };
  addReference(referenceOf(kind, known, media, footage));
}

function pictureKind(card: Card, wanted: ReferenceKind | undefined): ReferenceKind {
  const kinds = offeredKinds(card).filter((kind) => kind !== 'video');
  return kinds.find((kind) => kind === wanted) ?? kinds[0] ?? 'image';
}

function footageKind(card: Card, wanted: ReferenceKind | undefined): ReferenceKind {
  const takesClips = card.inputs.subject?.clip === true;
  return takesClips && (wanted === 'subject' || card.inputs.video === null) ? 'subject' : 'video';
}

function referenceOf(
  kind: ReferenceKind,
  known: { readonly id: string; readonly name: string },
  media: string,
  footage: boolean,
): Reference {
  if (kind === 'video') return { kind, ...known, video: media, use: 'subject' };
  if (kind === 'subject') return footage ? { kind, ...known, clip: media } : { kind, ...known, image: media };
  return { kind, ...known, image: media };
}
