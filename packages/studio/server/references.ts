import type { SavedReference } from '@refreel/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRefreel } from './client.ts';

/** What the library is asked for by. */
export const referencesKey = ['references'] as const;

/** The references that the workspace keeps, newest first, page by page. */
export function useSavedReferences() {
  const refreel = useRefreel();
  const found = useInfiniteQuery({
    queryKey: referencesKey,
    queryFn: ({ pageParam, signal }) =>
      refreel.references.page({ limit: 50, signal, ...(pageParam !== undefined && { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
  });
  const items: readonly SavedReference[] = found.data?.pages.flatMap((page) => page.items) ?? [];
  return { ...found, items };
}
