/** What of a film its frames are counted by. */
export interface Frames {
  readonly fps: number;
  readonly frames: number;
}

/** The frame, 0-based, that shows at a moment in seconds. */
export function frameAt(seconds: number, { fps, frames }: Frames): number {
  // Moments that come from frame numbers land a hair before their frame.
  return Math.min(frames - 1, Math.max(0, Math.floor(seconds * fps + 0.01)));
}

/** The middle of a frame, so that no rounding shows its neighbour. */
export function momentOf(frame: number, { fps, frames }: Frames): number {
  return (Math.min(frames - 1, Math.max(0, frame)) + 0.5) / fps;
}

/** The moment of the frame that lies so many frames on; back where they are negative. */
export function stepped(seconds: number, by: number, film: Frames): number {
  return momentOf(frameAt(seconds, film) + by, film);
}
