import * as C from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { admit } from './admit.ts';
import { type Container, openContainer, openDecoder, packetsOf, type Track } from './container.ts';
import { openFitter } from './fit-frame.ts';
import { defaultLimits } from './limits.ts';
import { MediaRefused } from './refusal.ts';
import type { I420 } from './rgba.ts';
import { countTrack } from './timeline.ts';

/** A film that is read frame by frame at one size. Close it. */
export interface Clip {
  /** Pixels of every frame: those asked for. */
  readonly width: number;
  readonly height: number;
  /** Seconds after which it starts again. */
  readonly seconds: number;
  /**
   * The frame that shows at `seconds` of the clip's own time; past its end it starts again. Going forwards decodes on, going backwards
   * seeks. The same frame may be given twice: do not write to it. Throws `MediaRefused` if nothing decodes there.
   */
  frameAt(seconds: number): Promise<I420>;
  close(): void;
}

/**
 * Opens a film to be shown at width x height (both even): frames are turned upright, scaled to cover that size and cropped around
 * their middle. Colours come out as BT.709, limited range. Throws `MediaRefused`.
 */
export async function openClip(file: string, size: { readonly width: number; readonly height: number }): Promise<Clip> {
  const { width, height } = size;
  if (width < 2 || height < 2 || width % 2 || height % 2)
    throw new RangeError(`a clip of ${width}x${height}: both must be even`);
  const container = openContainer(admit(file, defaultLimits.bytes, ['audio', 'video']));
  try {
    const track = container.video;
    if (!track) throw new MediaRefused({ code: 'media_type_unsupported', found: 'a file without pictures' });
    const timeline = countTrack(container, track, {
      seconds: defaultLimits.videoSeconds,
      packets: defaultLimits.videoFrames,
    });
    const reader = openReader(container, track);
    const fitter = openFitter(track, width, height);
    let shown: { readonly frame: I420; readonly start: number } | undefined;
    return {
      width,
      height,
      seconds: timeline.seconds,
      async frameAt(seconds) {
        const time = timeline.start + (((seconds % timeline.seconds) + timeline.seconds) % timeline.seconds);
        const found = reader.frameAt(time);
        if (shown?.start !== found.start) shown = { frame: fitter.fit(found.frame), start: found.start };
        return shown.frame;
      },
      close() {
        fitter.close();
        reader.close();
        container.close();
      },
    };
  } catch (error) {
    container.close();
    throw error;
  }
}

/** Seconds ahead from which it is quicker to seek than to decode on. */
const seekAheadSeconds = 4;

/** Half of the smallest step between two frames: times that come from frame numbers land a hair before the frame they mean. */
const toleranceSeconds = 0.002;

/**
 * Decodes a track in order. Keeps the frame that shows now and the next one, since only that one tells how long the first shows.
 */
function openReader(container: Container, track: Track) {
  const decoder = openDecoder(track, defaultLimits.videoPixels, 2);
  let current = allocate();
  let next = allocate();
  let currentStart: number | undefined;
  let nextStart: number | undefined;
  let packets = packetsOf(container, track);
  let ended = false;

  const seek = (time: number) => {
    packets.return(undefined);
    const stamp = BigInt(Math.floor(time / track.tickSeconds));
    container.context.seekFrameSync(track.stream.index, stamp, C.AVSEEK_FLAG_BACKWARD);
    decoder.flushBuffers();
    packets = packetsOf(container, track);
    ended = false;
    currentStart = undefined;
    nextStart = undefined;
    next.unref();
  };

  /** Decodes one more frame into `next`; leaves `nextStart` undefined at the end. */
  const decodeNext = () => {
    nextStart = undefined;
    next.unref();
    for (;;) {
      if (decoder.receiveFrameSync(next) >= 0) {
        const stamp = next.bestEffortTimestamp === C.AV_NOPTS_VALUE ? next.pts : next.bestEffortTimestamp;
        nextStart = Number(stamp) * track.tickSeconds;
        return;
      }
      if (ended) return;
      const packet = packets.next();
      if (packet.done) {
        ended = true;
        decoder.sendPacketSync(null);
        // A damaged packet is skipped, as players do: what follows the next key frame decodes again.
      } else decoder.sendPacketSync(packet.value);
    }
  };

  const advance = () => {
    [current, next] = [next, current];
    currentStart = nextStart;
    decodeNext();
  };

  return {
    frameAt(time: number): { frame: Frame; start: number } {
      const behind = currentStart === undefined || time < currentStart - toleranceSeconds;
      if (behind || time > currentStart! + seekAheadSeconds) {
        seek(time);
        decodeNext();
        advance();
      }
      while (nextStart !== undefined && nextStart <= time + toleranceSeconds) advance();
      if (currentStart === undefined) throw new MediaRefused({ code: 'media_corrupt', found: 'no frame that decodes' });
      return { frame: current, start: currentStart };
    },
    close() {
      packets.return(undefined);
      current.free();
      next.free();
      decoder.freeContext();
    },
  };
}

function allocate(): Frame {
  const frame = new Frame();
  frame.alloc();
  return frame;
}
