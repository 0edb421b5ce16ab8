import type { Event, Generation, Page } from '@refreel/sdk';
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client, useRefreel } from './client.ts';
import { listenToEvents } from './events.ts';

const listKey = ['generations'] as const;
type List = InfiniteData<Page<Generation>, string | undefined>;

/** Everything that was made or is being made, newest first; live while `useLiveGenerations` is mounted. */
export function useGenerations() {
  const refreel = useRefreel();
  const found = useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) =>
      refreel.generations.page({ limit: 24, signal, ...(pageParam !== undefined && { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
  });
  return { ...found, items: found.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** Keeps the list as the server's events tell. */
export function useLiveGenerations(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      listenToEvents({
        event: (event) => void heed(event, queries),
        missed: () => void queries.invalidateQueries({ queryKey: listKey }),
      }),
    [queries],
  );
}

/** Puts a generation where the list has it, or before all others. */
export function showGeneration(queries: QueryClient, shown: Generation): void {
  queries.setQueryData<List>(listKey, (list) => {
    const [first, ...rest] = list?.pages ?? [];
    if (list === undefined || first === undefined) return list;
    const known = list.pages.some(({ items }) => items.some(({ id }) => id === shown.id));
    if (!known) return { ...list, pages: [{ ...first, items: [shown, ...first.items] }, ...rest] };
    return { ...list, pages: change(list.pages, shown.id, (one) => (one.updatedAt > shown.updatedAt ? one : shown)) };
  });
}

async function heed(event: Event, queries: QueryClient): Promise<void> {
  const { generation } = event;
  if (generation === null) return;
  if (event.kind === 'attempt.progress') {
    const { index, progress } = event.data;
    const attempts = (one: Generation) =>
      one.attempts.map((attempt) => (attempt.index === index ? { ...attempt, progress } : attempt));
    queries.setQueryData<List>(
      listKey,
      (list) =>
        list && { ...list, pages: change(list.pages, generation, (one) => ({ ...one, attempts: attempts(one) })) },
    );
    return;
  }
  try {
    showGeneration(queries, await client().generations.get(generation));
  } catch {
    await queries.invalidateQueries({ queryKey: listKey });
  }
}

function change(
  pages: readonly Page<Generation>[],
  id: string,
  by: (one: Generation) => Generation,
): Page<Generation>[] {
  return pages.map((page) => ({ ...page, items: page.items.map((one) => (one.id === id ? by(one) : one)) }));
}
