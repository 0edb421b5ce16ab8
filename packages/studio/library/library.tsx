import './library.css';
import { referenceKinds } from '@refreel/core/model';
import type { SavedReference } from '@refreel/sdk';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLiveGenerations } from '../server/generations.ts';
import { useSavedReferences } from '../server/references.ts';
import { whyFailed } from '../shared/why-failed.ts';
import { Forget } from './forget.tsx';
import { SavedTile } from './saved-tile.tsx';
import { UsesOf } from './uses-of.tsx';

/** References that were kept, to be used again. */
export function Library() {
  const t = useTranslations('library');
  const gallery = useTranslations('gallery');
  useLiveGenerations();
  const { items, isPending, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useSavedReferences();
  const [forgetting, setForgetting] = useState<SavedReference>();
  const [showing, setShowing] = useState<SavedReference>();
  const kinds = referenceKinds.filter((kind) => items.some((one) => one.kind === kind));
  return (
    <main className="library-page">
      <div>
        <h1>{t('title')}</h1>
        <p className="quiet">{t('about')}</p>
      </div>
      {error !== null && (
        <p role="alert" className="finding wrong">
          {whyFailed(error)}
        </p>
      )}
      {!isPending && error === null && items.length === 0 && <p className="library-empty quiet">{t('empty')}</p>}
      {kinds.map((kind) => (
        <section key={kind} aria-label={t(`kinds.${kind}`)}>
          <h2 className="library-kind">{t(`kinds.${kind}`)}</h2>
          <ul className="library-grid">
            {items
              .filter((one) => one.kind === kind)
              .map((one) => (
                <SavedTile
                  key={one.id}
                  saved={one}
                  onForget={() => setForgetting(one)}
                  onUses={() => setShowing(one)}
                />
              ))}
          </ul>
        </section>
      ))}
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {gallery('more')}
        </button>
      )}
      {forgetting !== undefined && <Forget saved={forgetting} onClose={() => setForgetting(undefined)} />}
      {showing !== undefined && <UsesOf saved={showing} onClose={() => setShowing(undefined)} />}
    </main>
  );
}
