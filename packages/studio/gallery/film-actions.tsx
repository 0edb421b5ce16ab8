import type { Asset, Generation } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { openRequest } from '../document/open-request.ts';
import { filmAddress, useRefreel } from '../server/client.ts';
import { showGeneration } from '../server/generations.ts';
import { Choice } from '../shared/choice.tsx';
import { Icon } from '../shared/icon.tsx';
import { useDoing } from '../shared/use-doing.ts';
import { deleteWithUndo } from './deleting.ts';
import { saveJson } from './save-json.ts';
import { takeAsReference, takeAsStartFrame } from './take-picture.ts';

const pictures = ['last', 'shown'] as const;

/** What can be done with one film, or with a generation that has none. */
export function FilmActions({
  generation,
  film,
  video,
  onGone,
}: {
  readonly generation: Generation;
  readonly film: number | undefined;
  readonly video: RefObject<HTMLVideoElement | null>;
  /** The page is left, or there is nothing to show any more. */
  readonly onGone: () => void;
}) {
  const t = useTranslations('gallery');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const [, go] = useLocation();
  const { busy, failure, start } = useDoing();
  const [picture, setPicture] = useState<(typeof pictures)[number]>('last');
  const { id, request, ended, starred } = generation;

  const leave = () => {
    onGone();
    go('/');
  };
  const remix = () =>
    start(async () => {
      await openRequest(request);
      leave();
    });
  const take = (use: (asset: Asset) => void) =>
    start(async () => {
      const at = picture === 'shown' ? video.current?.currentTime : undefined;
      use(await refreel.generations.still(id, { film: film ?? 0, ...(at !== undefined && { at }) }));
      leave();
    });
  const star = () =>
    start(async () => showGeneration(queries, await refreel.generations.change(id, { starred: !starred })));
  const remove = () =>
    start(async () => {
      await deleteWithUndo(refreel, queries, id, { deleted: t('deleted'), undo: t('undo') });
      onGone();
    });
  return (
    <>
      {failure !== undefined && (
        <p role="alert" className="finding wrong">
          {failure}
        </p>
      )}
      <div className="lightbox-actions">
        <button type="button" className="button main" disabled={busy} onClick={() => void remix()}>
          <Icon name="remix" /> {t('remix')}
        </button>
        {film !== undefined && (
          <a className="button" href={filmAddress(id, film, true)} download>
            <Icon name="download" /> MP4
          </a>
        )}
        <button type="button" className="button" onClick={() => saveJson(request, `${id}.json`)}>
          <Icon name="download" /> {t('request')}
        </button>
        <button
          type="button"
          className="button plain round"
          aria-pressed={starred}
          aria-label={t(starred ? 'unstar' : 'star')}
          disabled={busy}
          onClick={() => void star()}
        >
          <Icon name={starred ? 'starred' : 'star'} />
        </button>
        {ended && (
          <button
            type="button"
            className="button plain round"
            aria-label={t('delete')}
            disabled={busy}
            onClick={() => void remove()}
          >
            <Icon name="trash" />
          </button>
        )}
      </div>
      {film !== undefined && (
        <div className="film-picture">
          <Choice
            legend={t('picture')}
            options={pictures}
            value={picture}
            show={(one) => t(`pictures.${one as (typeof pictures)[number]}`)}
            onChoose={(one) => setPicture(one as (typeof pictures)[number])}
          />
          <div className="lightbox-actions">
            <button type="button" className="button" disabled={busy} onClick={() => void take(takeAsStartFrame)}>
              {t('asStart')}
            </button>
            <button type="button" className="button" disabled={busy} onClick={() => void take(takeAsReference)}>
              {t('asReference')}
            </button>
          </div>
        </div>
      )}
    </>
  );
}
