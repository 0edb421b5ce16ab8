import { type RefObject, useEffect, useRef } from 'react';
import type { Player } from './player.ts';
import type { PlayerState } from './use-player.ts';

/** A little later than everything else: pictures of shots are for looking at, not for waiting for. */
const pauseMilliseconds = 200;
/** Shots are shown small; twice for dense screens. */
const width = 320;
/** Into a shot everybody has come by now. */
const share = 0.5;

/** Tells a picture of each shot, as addresses, once the film is whole, and again when it has changed. `shotSeconds` as in its film. */
export function useStills(
  player: RefObject<Player | undefined>,
  { shown, preparing }: PlayerState,
  shotSeconds: readonly number[],
  onStills: ((addresses: readonly string[]) => void) | undefined,
): void {
  const tell = useRef(onStills);
  tell.current = onStills;
  const given = useRef<readonly string[]>([]);
  const times = shotSeconds.join();
  useEffect(() => {
    if (shown === undefined || preparing || tell.current === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      let start = 0;
      const moments = times.split(',').map((text) => {
        const seconds = Number(text);
        start += seconds;
        return start - seconds * (1 - share);
      });
      const pictures = (await player.current?.stills(moments, width, abort.signal)) ?? [];
      if (abort.signal.aborted || pictures.length === 0) return;
      const old = given.current;
      given.current = pictures.map((picture) => URL.createObjectURL(picture));
      tell.current?.(given.current);
      for (const address of old) URL.revokeObjectURL(address);
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [player, shown, preparing, times]);
  useEffect(
    () => () => {
      tell.current?.([]);
      for (const address of given.current) URL.revokeObjectURL(address);
    },
    [],
  );
}
