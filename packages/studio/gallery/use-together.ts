import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Beyond so much the second film is put where the first one is; below it eyes see no difference. */
const apartSeconds = 0.06;

/** Two films as one: they play, stop and seek together. The first one is the clock. */
export interface Together {
  readonly playing: boolean;
  /** Seconds of the first film. */
  readonly at: number;
  /** Of the longer film; 0 while it is not known. */
  readonly seconds: number;
  play(): void;
  pause(): void;
  seek(to: number): void;
}

/** Ties two videos of a page together. A film that is shorter waits at its last frame. */
export function useTogether(
  first: RefObject<HTMLVideoElement | null>,
  second: RefObject<HTMLVideoElement | null>,
): Together {
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [seconds, setSeconds] = useState(0);

  const both = useCallback(() => [first.current, second.current].filter((video) => video !== null), [first, second]);
  const seek = useCallback(
    (to: number) => {
      for (const video of both()) video.currentTime = Math.min(to, lastMoment(video));
      setAt(to);
    },
    [both],
  );
  const pause = useCallback(() => {
    setPlaying(false);
    for (const video of both()) video.pause();
  }, [both]);
  const play = useCallback(() => {
    setPlaying(true);
    const all = both();
    if (all.every((video) => video.currentTime >= lastMoment(video))) seek(0);
    for (const video of all) if (video.currentTime < lastMoment(video)) void video.play().catch(() => {});
  }, [both, seek]);

  useEffect(() => {
    const all = both();
    const measure = () => setSeconds(Math.max(0, ...all.map(({ duration }) => duration || 0)));
    measure();
    for (const video of all) video.addEventListener('loadedmetadata', measure);
    return () => {
      for (const video of all) video.removeEventListener('loadedmetadata', measure);
    };
  }, [both]);
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    const look = () => {
      const all = both();
      const [leader, follower] = all;
      if (leader === undefined || follower === undefined) return;
      // Whichever goes on longer tells the time.
      const clock = leader.ended ? follower : leader;
      setAt(clock.currentTime);
      const apart = Math.abs(leader.currentTime - follower.currentTime);
      if (!leader.ended && !follower.ended && apart > apartSeconds && !follower.seeking)
        follower.currentTime = leader.currentTime;
      if (all.every(({ ended }) => ended)) setPlaying(false);
      else frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [playing, both]);
  return { playing, at, seconds, play, pause, seek };
}

/** Beyond it a browser has nothing to show. */
function lastMoment({ duration }: HTMLVideoElement): number {
  return Math.max(0, (duration || 0) - 0.001);
}
