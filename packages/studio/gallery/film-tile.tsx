import { showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Thumb } from '../queue/thumb.tsx';
import { filmAddress } from '../server/client.ts';
import { useModelNames } from '../server/model-names.ts';
import { Icon } from '../shared/icon.tsx';

/** One thing of the gallery: a film, or a generation that has none. */
export interface Shown {
  readonly generation: Generation;
  /** 0-based; undefined where there is no film. */
  readonly film: number | undefined;
}

/** A film in the grid: it plays, silently, while it is pointed at or focused. What has no film shows what it starts from. */
export function FilmTile({
  shown: { generation, film },
  compared,
  onOpen,
  onStar,
  onCompare,
}: {
  readonly shown: Shown;
  readonly compared: boolean;
  readonly onOpen: () => void;
  readonly onStar: () => void;
  readonly onCompare: () => void;
}) {
  const t = useTranslations('gallery');
  const states = useTranslations('queue.states');
  const nameOf = useModelNames();
  const video = useRef<HTMLVideoElement>(null);
  const { id, model, request, films, state, starred } = generation;
  const facts = films.find(({ index }) => index === film)?.facts;
  const play = () => {
    // Whoever wants no motion opens the film to see it.
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) void video.current?.play().catch(() => {});
  };
  const rest = () => {
    if (video.current === null) return;
    video.current.pause();
  };
  const prompt = showPrompt(request.shots[0]?.prompt ?? [], request.references).slice(0, 120);
  const name = nameOf(model);
  return (
    <div className="film-frame" data-state={state} data-id={id}>
      <button
        type="button"
        className="film-tile"
        onClick={onOpen}
        onPointerEnter={play}
        onPointerLeave={rest}
        onFocus={play}
        onBlur={rest}
      >
        {film === undefined ? (
          <Thumb generation={generation} />
        ) : (
          <video ref={video} src={`${filmAddress(id, film)}#t=0.1`} muted loop playsInline preload="metadata" />
        )}
        <span className="film-words">
          <strong>{name}</strong>
          <span className="hidden-visually">{prompt}</span>
          <span className="small quiet">
            {facts === undefined ? states(state) : `${Number(facts.seconds.toFixed(1))} s`}
          </span>
        </span>
      </button>
      <div className="film-marks">
        <button
          type="button"
          className="film-mark"
          aria-pressed={starred}
          aria-label={t(starred ? 'unstar' : 'star')}
          onClick={onStar}
        >
          <Icon name={starred ? 'starred' : 'star'} size={16} />
        </button>
        {film !== undefined && (
          <button
            type="button"
            className="film-mark"
            aria-pressed={compared}
            aria-label={t('compare')}
            onClick={onCompare}
          >
            <Icon name="compare" size={16} />
          </button>
        )}
      </div>
    </div>
  );
}
