import type { Page, Project } from '@refreel/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { allKept, isOwn } from '../document/kept-projects.ts';
import { useOpenProject } from '../document/open-project.ts';
import { mediaIn } from '../document/project-media.ts';
import { useRefreel } from '../server/client.ts';

/** A project as it is listed: what the server has, or what this browser alone has. */
export interface ListedProject {
  readonly id: string;
  readonly name: string;
  readonly changedAt: string;
  readonly picture: string | null;
  readonly onlyHere: boolean;
  readonly isOpen: boolean;
}

/** Every project, last changed first. What this browser has and the server has not comes first. */
export function useProjects() {
  const refreel = useRefreel();
  const { id: open, base, name, unsent } = useOpenProject();
  const found = useInfiniteQuery({
    queryKey: ['projects', 'list', base, name],
    queryFn: ({ pageParam, signal }): Promise<Page<Project>> =>
      refreel.projects.page({ limit: 24, signal, ...(pageParam !== undefined && { cursor: pageParam }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor,
    staleTime: 0,
    // What this browser keeps is listed at once where there is no network.
    networkMode: 'always',
    placeholderData: (before) => before,
  });
  const listed = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const known = new Set(listed.map(({ id }) => id));
  const away = found.data === undefined && found.error !== null;
  // Until a server answers, what is kept here is all that is known.
  const here = allKept().filter(
    (kept) => isOwn(kept) && !known.has(kept.id) && (found.data === undefined || (kept.unsent && kept.base === 0)),
  );
  const items: ListedProject[] = [
    ...here.map((kept) => ({
      id: kept.id,
      name: kept.name,
      changedAt: new Date(kept.changedAt).toISOString(),
      picture: mediaIn(kept.project.request).find((media) => kept.project.facts[media]?.kind === 'image') ?? null,
      onlyHere: kept.base === 0,
      isOpen: kept.id === open,
    })),
    ...listed.map(({ id, updatedAt, picture, ...project }) => ({
      id,
      // The open one may have a name that is still on its way.
      name: id === open && unsent ? name : project.name,
      changedAt: updatedAt,
      picture,
      onlyHere: false,
      isOpen: id === open,
    })),
  ];
  return { ...found, items, away };
}
