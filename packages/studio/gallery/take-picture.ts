import { findCard } from '@refreel/core/catalog';
import { type Asset, makeId } from '@refreel/sdk';
import { offeredKinds } from '../compose/references/add-reference.ts';
import { freeName } from '../document/names.ts';
import { addReference, beginStep, changeRequest, learnFacts, useProjectStore } from '../document/project-store.ts';

/** Makes a stored picture the first one of the film that is being composed. */
export function takeAsStartFrame({ asset, facts }: Asset): void {
  learnFacts({ [asset]: facts });
  beginStep();
  changeRequest({ startFrame: asset });
}

/** Adds a stored picture to the references of the film that is being composed, as what its model takes pictures for. */
export function takeAsReference({ asset, facts }: Asset): void {
  const { model, references } = useProjectStore.getState().project.request;
  const card = findCard(model);
  const offered = card === undefined ? [] : offeredKinds(card);
  // A whole picture of a film is rather a place or a style than one subject.
  const kind = (['image', 'scene', 'subject'] as const).find((one) => offered.includes(one)) ?? 'image';
  learnFacts({ [asset]: facts });
  addReference({ kind, id: makeId(), name: freeName(undefined, kind, references), image: asset });
}
