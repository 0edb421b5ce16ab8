import './gallery.css';
import type { Generation } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useRefreel } from '../server/client.ts';
import { showGeneration, useGenerations, useLiveGenerations } from '../server/generations.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { notify } from '../shared/notice.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { DeletedTile } from './deleted-tile.tsx';
import { FilmGrid } from './film-grid.tsx';
import { FilmTile, type Shown } from './film-tile.tsx';
import { FilterBar } from './filters.tsx';
import { Lightbox } from './lightbox.tsx';
import { nothingAsked, useFilters, wishOf } from './wish-in-address.ts';

const Compare = lazyPart(async () => (await import('./compare.tsx')).Compare);

/** Every film, newest first, as far as the filters let through. */
export function Gallery() {
  const t = useTranslations('gallery');
  useLiveGenerations();
  const queries = useQueryClient();
  const refreel = useRefreel();
  const [filters, setFilters] = useFilters();
  const wish = wishOf(filters);
  const { items, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useGenerations(wish, 48);
  const [open, setOpen] = useState<string>();
  const [compared, setCompared] = useState<readonly Shown[]>([]);
  const all = items.flatMap(filmsOf);
  const at = all.findIndex((one) => nameOfShown(one) === open);
  const shown = all[at];
  const move = (by: -1 | 1) => {
    const next = all[at + by];
    if (next !== undefined) setOpen(nameOfShown(next));
  };
  const star = async ({ id, starred }: Generation) => {
    try {
      showGeneration(queries, await refreel.generations.change(id, { starred: !starred }));
    } catch (failed) {
      notify({ words: whyFailed(failed) });
    }
  };
  const compare = (one: Shown) =>
    setCompared((before) => {
      const others = before.filter((other) => nameOfShown(other) !== nameOfShown(one));
      return others.length < before.length ? others : [...others.slice(-1), one];
    });
  const [first, second] = compared;
  const filtered = JSON.stringify(wish) !== JSON.stringify(wishOf(nothingAsked));
  return (
    <main className="gallery">
      <div className="gallery-head">
        <h1>{t('title')}</h1>
        <FilterBar filters={filters} onChange={setFilters} />
      </div>
      {error !== null && (
        <p role="alert" className="finding wrong">
          {whyFailed(error)}
        </p>
      )}
      {!isPending && error === null && all.length === 0 && (
        <p className="gallery-empty quiet">
          {filters.show === 'deleted' ? (
            t('noneDeleted')
          ) : filtered ? (
            t('noneFits')
          ) : (
            <>
              {t('empty')} <Link href="/">{t('toCompose')}</Link>
            </>
          )}
        </p>
      )}
      <FilmGrid
        label={t('title')}
        count={all.length}
        more={hasNextPage}
        keyOf={(index) => nameOfShown(all[index]!)}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage && error === null) void fetchNextPage();
        }}
      >
        {(index) => {
          const one = all[index]!;
          if (one.generation.restorableUntil !== null) return <DeletedTile generation={one.generation} />;
          return (
            <FilmTile
              shown={one}
              compared={compared.some((other) => nameOfShown(other) === nameOfShown(one))}
              onOpen={() => setOpen(nameOfShown(one))}
              onStar={() => void star(one.generation)}
              onCompare={() => compare(one)}
            />
          );
        }}
      </FilmGrid>
      {hasNextPage && (error !== null || all.length === 0) && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </button>
      )}
      {first !== undefined && second === undefined && (
        <div className="gallery-comparing" role="status">
          <span>{t('compareOne')}</span>
          <button type="button" className="button tiny" onClick={() => setCompared([])}>
            {t('compareNone')}
          </button>
        </div>
      )}
      {first !== undefined && second !== undefined && (
        <Suspense>
          <Compare
            first={first}
            second={second}
            onSwap={() => setCompared([second, first])}
            onClose={() => setCompared([])}
          />
        </Suspense>
      )}
      {shown !== undefined && (
        <Lightbox
          generation={shown.generation}
          film={shown.film}
          onClose={() => setOpen(undefined)}
          onMove={all.length > 1 ? move : undefined}
        />
      )}
    </main>
  );
}

/** A generation's films, or itself where it has none to show. */
function filmsOf(generation: Generation): Shown[] {
  if (generation.films.length === 0 || generation.restorableUntil !== null) return [{ generation, film: undefined }];
  return generation.films.map(({ index }) => ({ generation, film: index }));
}

function nameOfShown({ generation, film }: Shown): string {
  return `${generation.id} ${film ?? ''}`;
}
