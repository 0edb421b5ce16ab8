import './lightbox.css';
import { showMoney, showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Thumb } from '../queue/thumb.tsx';
import { useModelNames } from '../server/model-names.ts';
import { Dialog } from '../shared/dialog.tsx';
import { Icon } from '../shared/icon.tsx';
import { FilmActions } from './film-actions.tsx';
import { FilmPlayer, stepVideo } from './film-player.tsx';
import { History } from './history.tsx';

/** One film, large, with what it was made from, what can be done with it, and its history. */
export function Lightbox({
  generation,
  film,
  onClose,
  onMove,
}: {
  readonly generation: Generation;
  /** 0-based; undefined where there is no film. */
  readonly film: number | undefined;
  readonly onClose: () => void;
  /** Shows a neighbour; left out where there are none. */
  readonly onMove?: ((by: -1 | 1) => void) | undefined;
}) {
  const t = useTranslations('gallery');
  const states = useTranslations('queue.states');
  const format = useFormatter();
  const nameOf = useModelNames();
  const video = useRef<HTMLVideoElement>(null);
  const { id, model, request, quote, createdAt, films, state } = generation;
  const facts = films.find(({ index }) => index === film)?.facts;
  const frames = useMemo(() => facts && { fps: facts.fps, frames: facts.frames }, [facts]);
  const paid = generation.attempts.some(({ producer }) => producer === 'upstream');
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (frames !== undefined && (event.key === ',' || event.key === '.'))
      stepVideo(video.current, event.key === ',' ? -1 : 1, frames);
    // A film that has the focus seeks by these keys.
    else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && event.target !== video.current)
      onMove?.(event.key === 'ArrowLeft' ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label={t('film')} className="lightbox" onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the window bubble through it. */}
      <div className="lightbox-inside" onKeyDown={press}>
        {film === undefined || frames === undefined ? (
          <div className="lightbox-still">
            <Thumb generation={generation} />
          </div>
        ) : (
          <FilmPlayer key={`${id} ${film}`} video={video} generation={id} film={film} frames={frames} />
        )}
        <div className="lightbox-words">
          <div className="lightbox-head">
            <strong>{nameOf(model)}</strong>
            <span>
              {onMove !== undefined && (
                <>
                  <button
                    type="button"
                    className="button plain round"
                    aria-label={t('before')}
                    onClick={() => onMove(-1)}
                  >
                    <Icon name="left" />
                  </button>
                  <button type="button" className="button plain round" aria-label={t('next')} onClick={() => onMove(1)}>
                    <Icon name="right" />
                  </button>
                </>
              )}
              <button type="button" className="button plain round" aria-label={t('close')} onClick={onClose}>
                <Icon name="close" />
              </button>
            </span>
          </div>
          <p className="lightbox-prompt">
            {request.shots.map(({ prompt }) => showPrompt(prompt, request.references)).join('\n\n')}
          </p>
          <p className="small quiet">
            {facts === undefined
              ? `${states(state)} · `
              : `${facts.width}×${facts.height} · ${Number(facts.seconds.toFixed(2))} s · ${Number(facts.fps.toFixed(2))} fps · `}
            {format.dateTime(new Date(createdAt), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })}
          </p>
          <p className="small quiet">
            {paid
              ? quote?.total
                ? t('quoted', { amount: showMoney(quote.total) })
                : t('priceUnknown')
              : t('drawnHere')}
          </p>
          <FilmActions generation={generation} film={film} video={video} onGone={onClose} />
          <details>
            <summary>{t('details')}</summary>
            <History generation={generation} />
          </details>
        </div>
      </div>
    </Dialog>
  );
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type="radio"]), select, textarea');
}
