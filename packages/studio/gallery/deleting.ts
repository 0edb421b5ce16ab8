import type { Refreel } from '@refreel/sdk';
import type { QueryClient } from '@tanstack/react-query';
import { hideGeneration, showGeneration } from '../server/generations.ts';
import { notify } from '../shared/notice.tsx';

/** Deletes a generation with its films, and offers to bring it back. */
export async function deleteWithUndo(
  refreel: Refreel,
  queries: QueryClient,
  id: string,
  words: { readonly deleted: string; readonly undo: string },
): Promise<void> {
  await refreel.generations.delete(id);
  hideGeneration(queries, id);
  notify({
    words: words.deleted,
    deed: {
      label: words.undo,
      run: async () => showGeneration(queries, await refreel.generations.undelete(id)),
    },
  });
}
