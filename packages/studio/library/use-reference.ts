import type { Reference } from '@refreel/core/model';
import { makeId, type SavedReference } from '@refreel/sdk';
import { freeName } from '../document/names.ts';
import { mediaIn } from '../document/project-media.ts';
import { addReference, learnFacts, useProjectStore } from '../document/project-store.ts';
import { client } from '../server/client.ts';

/**
 * Brings a kept reference into Compose. It keeps its id there, by which the server knows where it was used; a second one of the same is
 * another reference.
 */
export async function addSavedReference(saved: SavedReference): Promise<void> {
  const { references } = useProjectStore.getState().project.request;
  const { description: _, createdAt: __, uses: ___, ...kept } = saved;
  const id = references.some((one) => one.id === kept.id) ? makeId() : kept.id;
  const reference = { ...kept, id, name: freeName(kept.name, kept.kind, references) } as Reference;
  addReference(reference);
  const media = mediaIn({ model: '', references: [reference], shots: [] });
  const measured = await Promise.allSettled(
    media.map(async (one) => [one, (await client().assets.get(one)).facts] as const),
  );
  learnFacts(Object.fromEntries(measured.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))));
}
