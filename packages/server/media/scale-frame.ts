import * as C from 'node-av/constants';
import { FFmpegError, Frame, SoftwareScaleContext } from 'node-av/lib';

const targets = {
  i420: { format: C.AV_PIX_FMT_YUV420P, space: C.AVCOL_SPC_BT709, range: C.AVCOL_RANGE_MPEG },
  rgba: { format: C.AV_PIX_FMT_RGBA, space: C.AVCOL_SPC_RGB, range: C.AVCOL_RANGE_JPEG },
} as const;

/** Scales decoded frames; keeps FFmpeg's tables from one frame to the next. */
export interface FrameScaler {
  /** The frame stretched to width x height, rows without gaps: four bytes a pixel, or the planes of `I420`. */
  scale(frame: Frame): Buffer;
  close(): void;
}

/**
 * Colours follow what the frame says of itself (matrix, full or limited range); a frame that says nothing is taken as players take it:
 * BT.601 up to the height of PAL, BT.709 above. High dynamic range is not mapped: such frames come out flat.
 */
export function openScaler(width: number, height: number, into: keyof typeof targets): FrameScaler {
  const target = targets[into];
  const context = new SoftwareScaleContext();
  // Not `getContext`: a context that is set up beforehand ignores the colours that the frames declare.
  context.allocContext();
  // Area averaging going down and bicubic going up are both in "bicubic" with accurate rounding: sws widens its kernel going down.
  context.setOption('sws_flags', 'bicubic+accurate_rnd+full_chroma_int');
  const scaled = new Frame();
  scaled.alloc();
  scaled.width = width;
  scaled.height = height;
  scaled.format = target.format;
  scaled.colorSpace = target.space;
  scaled.colorRange = target.range;
  check(scaled.allocBuffer());
  return {
    scale(frame) {
      declareColours(frame);
      check(context.scaleFrameSync(scaled, frame));
      return scaled.toBuffer();
    },
    close() {
      scaled.free();
      context.freeContext();
    },
  };
}

/** One frame through a scaler of its own. */
export function scaleFrame(frame: Frame, width: number, height: number, into: keyof typeof targets): Buffer {
  const scaler = openScaler(width, height, into);
  try {
    return scaler.scale(frame);
  } finally {
    scaler.close();
  }
}

function declareColours(frame: Frame): void {
  const unknown = frame.colorSpace === C.AVCOL_SPC_UNSPECIFIED || frame.colorSpace === C.AVCOL_SPC_RESERVED;
  if (unknown) frame.colorSpace = frame.height > 576 ? C.AVCOL_SPC_BT709 : C.AVCOL_SPC_SMPTE170M;
}

function check(answer: number): void {
  FFmpegError.throwIfError(answer, 'scaling a frame');
}
