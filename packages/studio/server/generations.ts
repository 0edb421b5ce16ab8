import type { Event, Generation, Page } from '@refreel/sdk';
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { tellIfUpdated } from '../shared/outdated.ts';
import { client, useRefreel } from './client.ts';
import { listenToEvents } from './events.ts';
import { referencesKey } from './references.ts';
import { boundsOf, fits, type Wish } from './wish.ts';

const listsKey = ['generations'] as const;
const oneKey = (id: string) => ['generation', id] as const;
type List = InfiniteData<Page<Generation>, string | undefined>;

/** What was made or is being made, newest first, as far as it is wished for; live while `useLiveGenerations` is mounted. */
export function useGenerations(wish: Wish = {}, pageSize = 24) {
  const refreel = useRefreel();
  const found = useInfiniteQuery({
    queryKey: [...listsKey, wish],
    queryFn: ({ pageParam, signal }) => {
      const { states, day, ...rest } = wish;
      return refreel.generations.page({
        ...rest,
        ...(states !== undefined && { state: states }),
        ...(day !== undefined && boundsOf(day)),
        ...(pageParam !== undefined && { cursor: pageParam }),
        limit: pageSize,
        signal,
      });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
  });
  return { ...found, items: found.data?.pages.flatMap(({ items }) => items) ?? [] };
}

/** One of them, by its id. */
export function useGeneration(id: string) {
  const refreel = useRefreel();
  return useQuery({ queryKey: oneKey(id), queryFn: ({ signal }) => refreel.generations.get(id, { signal }) });
}

/** Whether events were heard before: what is missed later is missed because the server was away. */
let began = false;

/** Keeps everything that is shown as the server's events tell. */
export function useLiveGenerations(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      listenToEvents({
        event: (event) => void heed(event, queries),
        missed: () => {
          if (began) void tellIfUpdated();
          began = true;
          void queries.invalidateQueries({ queryKey: listsKey });
          void queries.invalidateQueries({ queryKey: ['generation'] });
        },
      }),
    [queries],
  );
}

/** Puts a generation where it is now: into every list that wishes for it, out of those that do not. */
export function showGeneration(queries: QueryClient, shown: Generation): void {
  queries.setQueryData<Generation>(oneKey(shown.id), (known) => newer(known, shown));
  changeLists(queries, (list, wish) => {
    const known = list.pages.flatMap(({ items }) => items).find(({ id }) => id === shown.id);
    const now = newer(known, shown);
    const without = takeOut(list, shown.id);
    return fits(wish, now) ? putIn(without, now) : without;
  });
}

/** Takes a generation that was deleted out of every list but those of the deleted, which are asked for anew. */
export function hideGeneration(queries: QueryClient, id: string): void {
  queries.removeQueries({ queryKey: oneKey(id) });
  changeLists(queries, (list, wish) => (wish.deleted === true ? list : takeOut(list, id)));
  const isOfDeleted = ([, wish]: readonly unknown[]) => (wish as Wish | undefined)?.deleted === true;
  void queries.invalidateQueries({ queryKey: listsKey, predicate: ({ queryKey }) => isOfDeleted(queryKey) });
}

async function heed(event: Event, queries: QueryClient): Promise<void> {
  const { generation } = event;
  if (generation === null) return;
  if (event.kind === 'attempt.progress') {
    const { index, progress } = event.data;
    const further = (one: Generation): Generation => ({
      ...one,
      attempts: one.attempts.map((attempt) => (attempt.index === index ? { ...attempt, progress } : attempt)),
    });
    queries.setQueryData<Generation>(oneKey(generation), (known) => known && further(known));
    changeLists(queries, (list) => ({
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        items: page.items.map((one) => (one.id === generation ? further(one) : one)),
      })),
    }));
    return;
  }
  // Where a kept reference was used may be another place now.
  if (event.kind === 'generation.accepted' || event.kind === 'generation.changed')
    void queries.invalidateQueries({ queryKey: referencesKey });
  if (event.kind === 'generation.changed' && event.data.deleted) {
    hideGeneration(queries, generation);
    return;
  }
  try {
    showGeneration(queries, await client().generations.get(generation));
  } catch {
    await queries.invalidateQueries({ queryKey: listsKey });
  }
}

function newer(known: Generation | undefined, shown: Generation): Generation {
  return known !== undefined && known.updatedAt > shown.updatedAt ? known : shown;
}

function changeLists(queries: QueryClient, change: (list: List, wish: Wish) => List): void {
  for (const [key, list] of queries.getQueriesData<List>({ queryKey: listsKey }))
    if (list !== undefined) queries.setQueryData<List>(key, change(list, (key[1] ?? {}) as Wish));
}

function takeOut(list: List, id: string): List {
  const pages = list.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) }));
  return { ...list, pages };
}

/** Ids sort by the time of acceptance. What is older than everything that was loaded comes with its own page. */
function putIn(list: List, shown: Generation): List {
  const index = list.pages.findIndex(
    ({ items, cursor }) => cursor === undefined || items.some(({ id }) => id < shown.id),
  );
  if (index === -1) return list;
  const pages = list.pages.map((page, at) =>
    at === index ? { ...page, items: [...page.items, shown].sort((one, other) => (one.id < other.id ? 1 : -1)) } : page,
  );
  return { ...list, pages };
}
