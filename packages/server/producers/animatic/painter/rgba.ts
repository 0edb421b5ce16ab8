import type { Rgba } from '@refreel/core/painting';
import type { I420 } from '../../../media/rgba.ts';

export type { Rgba } from '@refreel/core/painting';

/** A frame of a video as its decoder gives it, or as a picture. */
export type VideoFrame = Rgba | I420;
