import type { Facts, Film, Media, Request } from '@refreel/core/model';
import { mediaOfRequest } from '@refreel/core/model';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { DraftServer, MediumAddress } from './draft-server.ts';
import { openPlayer, type Player, type PlayerView } from './player.ts';
import type { ShownFilm } from './preview-film.ts';
import { useSpoken } from './use-spoken.ts';

/** What a draft is made of, and where its media are. */
export interface DraftSource {
  readonly request: Request;
  readonly film: Film;
  readonly facts: Facts;
  readonly server: DraftServer;
  readonly addressOf: (media: Media) => MediumAddress;
}

/** What a person sees of it. */
export interface PlayerState {
  readonly shown: ShownFilm | undefined;
  readonly playing: boolean;
  readonly preparing: boolean;
  readonly missing: number;
  readonly failed: boolean;
}

/** Typing pauses for so long before the film is planned anew. */
const pauseMilliseconds = 120;

const beginning: PlayerState = { shown: undefined, playing: false, preparing: true, missing: 0, failed: false };

/**
 * A player on a canvas that follows its source as it changes and keeps its moment. It begins by itself unless the person wants less
 * motion, and stands while the page or the canvas is not seen.
 */
export function usePlayer(
  canvas: RefObject<HTMLCanvasElement | null>,
  { request, film, facts, server, addressOf }: DraftSource,
  onMoment: PlayerView['onMoment'],
): { readonly player: RefObject<Player | undefined>; readonly state: PlayerState } {
  const player = useRef<Player>(undefined);
  const [state, setState] = useState(beginning);
  const spoken = useSpoken(request, film, facts, server);
  const moment = useRef(onMoment);
  moment.current = onMoment;

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const change = (some: Partial<PlayerState>) => setState((before) => ({ ...before, ...some }));
    let begun = false;
    const opened = openPlayer(element, newFilmWorker, {
      onMoment: (...at) => moment.current(...at),
      onFilm: (shown) => change({ shown }),
      onPlaying: (playing) => change({ playing }),
      onReady(missing) {
        change({ preparing: false, missing: missing.length });
        // Not before its pictures are there; the first frame is seen as it comes together.
        if (!begun && !wantsLessMotion()) opened.play();
        begun = true;
      },
      onFailure(message) {
        console.error(message);
        change({ preparing: false, failed: true });
      },
    });
    player.current = opened;
    const forget = pauseUnseen(element, opened);
    const touched = () => opened.touched();
    const once = { once: true, capture: true };
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touched, once);
    return () => {
      forget();
      for (const kind of ['pointerdown', 'keydown']) removeEventListener(kind, touched, once);
      opened.close();
      player.current = undefined;
      setState(beginning);
    };
  }, [canvas]);

  // The same words are the same film, whatever object they are in.
  const draft = useMemo(() => {
    const media = [...new Set(mediaOfRequest(request).map((one) => one.media))];
    const at = (kind: keyof MediumAddress) =>
      Object.fromEntries(
        media.flatMap((one) => (addressOf(one)[kind] === undefined ? [] : [[one, addressOf(one)[kind]!]])),
      );
    const lines = { ...facts.lines, ...spoken.lines };
    return {
      request,
      film,
      facts: { media: facts.media, lines },
      pictures: at('picture'),
      cutouts: at('cutout'),
      speech: spoken.speech,
    };
  }, [request, film, facts, spoken, addressOf]);
  const asked = useRef('');
  useEffect(() => {
    const text = JSON.stringify(draft);
    if (text === asked.current && player.current?.shown !== undefined) return;
    const first = player.current?.shown === undefined;
    const timer = setTimeout(
      () => {
        asked.current = text;
        setState((before) => ({ ...before, preparing: true }));
        player.current?.show(draft);
      },
      first ? 0 : pauseMilliseconds,
    );
    return () => clearTimeout(timer);
  }, [draft]);

  return { player, state };
}

function newFilmWorker(): Worker {
  return new Worker(new URL('./film-worker.ts', import.meta.url), { type: 'module' });
}

function wantsLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Stands while nobody sees it, and goes on after that. */
function pauseUnseen(element: HTMLElement, player: Player): () => void {
  let inView = true;
  let held = false;
  const look = () => {
    const seen = inView && document.visibilityState === 'visible';
    if (!seen && player.playing) {
      held = true;
      player.pause();
    } else if (seen && held) {
      held = false;
      player.play();
    }
  };
  const observer = new IntersectionObserver((entries) => {
    inView = entries.at(-1)?.isIntersecting ?? true;
    look();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', look);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', look);
  };
}
