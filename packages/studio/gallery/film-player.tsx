import { type RefObject, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { filmAddress } from '../server/client.ts';
import { Icon } from '../shared/icon.tsx';
import { type Frames, frameAt, stepped } from './frames.ts';

/** One film, large. Its browser seeks in it by ranges; it can be stepped frame by frame, with the keys "," and "." too. */
export function FilmPlayer({
  video,
  generation,
  film,
  frames,
}: {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly generation: string;
  readonly film: number;
  readonly frames: Frames;
}) {
  const t = useTranslations('gallery');
  const [frame, setFrame] = useState(0);
  useEffect(() => {
    const shown = video.current;
    if (shown === null) return;
    const look = () => setFrame(frameAt(shown.currentTime, frames));
    for (const event of ['timeupdate', 'seeked']) shown.addEventListener(event, look);
    return () => {
      for (const event of ['timeupdate', 'seeked']) shown.removeEventListener(event, look);
    };
  }, [video, frames]);
  const step = (by: number) => stepVideo(video.current, by, frames);
  return (
    <div className="film-player">
      {/* biome-ignore lint/a11y/useMediaCaption: its subtitles are drawn in its pictures. */}
      <video
        ref={video}
        src={filmAddress(generation, film)}
        controls
        autoPlay
        loop
        onPlay={({ currentTarget }) => {
          currentTarget.loop = true;
        }}
        playsInline
        aria-label={t('film')}
      />
      <div className="film-steps">
        <button type="button" className="button plain tiny round" aria-label={t('frameBack')} onClick={() => step(-1)}>
          <Icon name="frameBack" size={16} />
        </button>
        <span className="small quiet film-frame-number">{t('frame', { number: frame + 1, count: frames.frames })}</span>
        <button type="button" className="button plain tiny round" aria-label={t('frameOn')} onClick={() => step(1)}>
          <Icon name="frameOn" size={16} />
        </button>
      </div>
    </div>
  );
}

/** Stops a film and shows a neighbour of the frame that it shows. */
export function stepVideo(video: HTMLVideoElement | null, by: number, frames: Frames): void {
  if (video === null) return;
  video.pause();
  // A browser that has read a looping film to its end begins anew, also while it is held: the last frame would be the first.
  video.loop = false;
  video.currentTime = stepped(video.currentTime, by, frames);
}
