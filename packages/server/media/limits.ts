/** What one medium may be at most. Everything is checked from headers before anything is decoded, and again while it is read. */
export interface MeasureLimits {
  readonly bytes: number;
  /** Width times height of a picture. */
  readonly imagePixels: number;
  /** Frames of an animated picture. */
  readonly imageFrames: number;
  /** Longer side of a video. */
  readonly videoSidePixels: number;
  /** Width times height of a video. */
  readonly videoPixels: number;
  readonly videoSeconds: number;
  readonly videoFrames: number;
  readonly audioSeconds: number;
}

export const defaultLimits: MeasureLimits = {
  // Twice the largest upload that any vendor here accepts.
  bytes: 200 * 1024 * 1024,
  // The largest phone sensors in use (108 and 200 megapixels) store pictures of 12 to 50; decoded, 100 megapixels are 400 MB.
  imagePixels: 100_000_000,
  // Only the first is used; the others are counted by reading past them.
  imageFrames: 5_000,
  // A decoder keeps up to 16 frames: 8K UHD (7680 x 4320) is the largest that is filmed, and 50 MB a frame.
  videoSidePixels: 8192,
  videoPixels: 8192 * 4320,
  // Reference videos are 2 to 30 seconds; films to be edited at most a minute.
  videoSeconds: 120,
  // 120 seconds at 120 frames a second.
  videoFrames: 14_400,
  audioSeconds: 600,
};
