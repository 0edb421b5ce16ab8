import { findCard } from '@refreel/core/catalog';
import { showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useRef } from 'react';
import { filmAddress } from '../server/client.ts';
import { usePreferences } from '../shared/preferences.ts';

/** A film in the grid. It plays, silently, while it is pointed at or focused. */
export function FilmTile({
  generation,
  film,
  onOpen,
}: {
  readonly generation: Generation;
  readonly film: number;
  readonly onOpen: () => void;
}) {
  const language = usePreferences((preferences) => preferences.language);
  const video = useRef<HTMLVideoElement>(null);
  const { id, model, request, films } = generation;
  const facts = films.find(({ index }) => index === film)?.facts;
  const play = () => void video.current?.play().catch(() => {});
  const rest = () => video.current?.pause();
  const prompt = showPrompt(request.shots[0]?.prompt ?? [], request.references);
  const name = findCard(model)?.name[language] ?? model;
  return (
    <button
      type="button"
      className="film-tile"
      onClick={onOpen}
      onPointerEnter={play}
      onPointerLeave={rest}
      onFocus={play}
      onBlur={rest}
    >
      <video ref={video} src={`${filmAddress(id, film)}#t=0.1`} muted loop playsInline preload="metadata" />
      <span className="film-words">
        <strong>{name}</strong>
        <span className="hidden-visually">{prompt.slice(0, 80)}</span>
        <span className="small quiet">{facts !== undefined && `${Number(facts.seconds.toFixed(1))} s`}</span>
      </span>
    </button>
  );
}
