/** Where a film that may be played, held and moved in stands, in seconds. It ends by itself. */
export interface PreviewClock {
  readonly playing: boolean;
  /** Now. Reaching the end stops the clock there. */
  seconds(): number;
  /** Goes on; at the end, from the start. */
  play(): void;
  pause(): void;
  /** Goes to a moment, as far as the film has it; what plays goes on playing from there. */
  seek(seconds: number): void;
  /** A film of another length: the moment is kept where there is one. */
  setLength(seconds: number): void;
}

/** @param now milliseconds of a clock that never goes back */
export function createPreviewClock(now: () => number): PreviewClock {
  let length = 0;
  /** Where it stood at `since`. */
  let held = 0;
  let since: number | undefined;

  const seconds = (): number => {
    const at = since === undefined ? held : held + (now() - since) / 1000;
    if (at < length) return at;
    held = length;
    since = undefined;
    return length;
  };
  return {
    get playing() {
      seconds();
      return since !== undefined;
    },
    seconds,
    play() {
      if (seconds() >= length) held = 0;
      else held = seconds();
      if (length > 0) since = now();
    },
    pause() {
      held = seconds();
      since = undefined;
    },
    seek(to) {
      const playing = since !== undefined;
      held = Math.min(Math.max(to, 0), length);
      since = playing && held < length ? now() : undefined;
    },
    setLength(to) {
      const at = seconds();
      length = Math.max(to, 0);
      held = Math.min(at, length);
      if (since !== undefined) since = now();
    },
  };
}
