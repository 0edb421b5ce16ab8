import './gallery.css';
import type { Generation } from '@refreel/sdk';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useGenerations, useLiveGenerations } from '../server/generations.ts';
import { FilmTile } from './film-tile.tsx';
import { Lightbox } from './lightbox.tsx';

/** Every film, newest first. */
export function Gallery() {
  const t = useTranslations('gallery');
  useLiveGenerations();
  const { items, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useGenerations();
  const [shown, setShown] = useState<{ readonly generation: Generation; readonly film: number }>();
  const films = items.flatMap((generation) => generation.films.map(({ index }) => ({ generation, film: index })));
  return (
    <main className="gallery">
      <h1>{t('title')}</h1>
      {error !== null && (
        <p role="alert" className="finding wrong">
          {error.message}
        </p>
      )}
      {!isPending && error === null && films.length === 0 && (
        <p className="gallery-empty quiet">
          {t('empty')} <Link href="/">{t('toCompose')}</Link>
        </p>
      )}
      <ul className="gallery-grid">
        {films.map((one) => (
          <li key={`${one.generation.id} ${one.film}`}>
            <FilmTile {...one} onOpen={() => setShown(one)} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </button>
      )}
      {shown !== undefined && <Lightbox {...shown} onClose={() => setShown(undefined)} />}
    </main>
  );
}
