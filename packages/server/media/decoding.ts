import * as C from 'node-av/constants';
import { type CodecContext, FFmpegError, Log } from 'node-av/lib';
import { MediaRefused } from './refusal.ts';

// Broken files make FFmpeg talk; what matters comes back as a code.
Log.setLevel(C.AV_LOG_QUIET);

/** Passes a call's answer on, and refuses the medium if FFmpeg could not read it: also one whose numbers ask for absurd amounts of memory. */
export function decoding(answer: number): number {
  if (answer >= 0) return answer;
  const error = new FFmpegError(answer);
  throw new MediaRefused({ code: 'media_corrupt', found: error.message }, error);
}

/**
 * Limits of a decoder, before it is opened. Set as options of the context: handed to `open2Sync` as a dictionary they are freed twice
 * (node-av 6.1.1), and the process falls when it ends.
 */
export function setDecoderLimits(context: CodecContext, mostPixels: number, threads: number): void {
  FFmpegError.throwIfError(context.setOption('max_pixels', mostPixels), 'limiting a decoder');
  context.threadCount = threads;
}
