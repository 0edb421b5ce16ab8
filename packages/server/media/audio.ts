import * as C from 'node-av/constants';
import { FFmpegError, Frame, SoftwareResampleContext } from 'node-av/lib';
import { admit } from './admit.ts';
import { openContainer, openDecoder, packetsOf } from './container.ts';
import { decoding } from './decoding.ts';
import { defaultLimits } from './limits.ts';
import { holdTo, MediaRefused } from './refusal.ts';

/** Samples a second of everything that is mixed. */
export const soundRate = 48_000;

/** Two sides of equal length at `soundRate`, -1 to 1 (louder where the file is). A mono sound is on both sides as it is. */
export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/**
 * Decodes the sound of a sound file or a film. With `seconds` at most that much from the start; without, the whole, which must not be
 * longer than the limit of sounds. Throws `MediaRefused`.
 */
export function readSound(file: string, options: { readonly seconds?: number } = {}): Promise<Sound> {
  return Promise.resolve().then(() => decodeSound(file, options.seconds));
}

function decodeSound(file: string, seconds: number | undefined): Sound {
  const container = openContainer(admit(file, defaultLimits.bytes, ['audio', 'video']));
  const frame = new Frame();
  frame.alloc();
  try {
    const track = container.audio;
    if (!track) throw new MediaRefused({ code: 'media_type_unsupported', found: 'a file without sound' });
    const decoder = openDecoder(track, defaultLimits.videoPixels, 1);
    const sink = openSink();
    const wanted = seconds === undefined ? Number.POSITIVE_INFINITY : Math.ceil(seconds * soundRate);
    const most = defaultLimits.audioSeconds * soundRate;
    const drain = () => {
      while (decoder.receiveFrameSync(frame) >= 0) sink.take(frame);
      if (wanted > most) holdTo('media_too_long', 'seconds', defaultLimits.audioSeconds, sink.length() / soundRate);
    };
    try {
      for (const packet of packetsOf(container, track)) {
        // A damaged packet is skipped, as players do: what follows still decodes.
        if (decoder.sendPacketSync(packet) >= 0) drain();
        if (sink.length() >= wanted) break;
      }
      decoder.sendPacketSync(null);
      drain();
      sink.flush();
    } finally {
      decoder.freeContext();
      sink.close();
    }
    if (sink.length() === 0) throw new MediaRefused({ code: 'media_corrupt', found: 'a sound without samples' });
    return sink.read(Math.min(sink.length(), wanted));
  } finally {
    frame.free();
    container.close();
  }
}

/** Collects decoded frames, resampled to two sides. The resampler follows a sound that changes its rate or layout on the way. */
function openSink() {
  let resampler: SoftwareResampleContext | undefined;
  let source = '';
  let mono = false;
  let samples = 0;
  const left: Float32Array[] = [];
  const right: Float32Array[] = [];

  /** Pushes planes in, or what is left inside with none, and keeps what comes out. */
  const convert = (planes: Buffer[] | null, count: number) => {
    if (!resampler) return;
    const room = resampler.getOutSamples(count);
    if (room <= 0) return;
    const out = [Buffer.alloc(room * 4), ...(mono ? [] : [Buffer.alloc(room * 4)])];
    const made = resampler.convertSync(out, room, planes, count);
    FFmpegError.throwIfError(made, 'resampling');
    const sides = out.map((side) => new Float32Array(side.buffer, side.byteOffset, made));
    left.push(sides[0]!);
    right.push(sides[1] ?? sides[0]!);
    samples += made;
  };

  return {
    length: () => samples,
    take(frame: Frame): void {
      const { sampleRate, channelLayout, format, nbSamples } = frame;
      const described = `${sampleRate} ${channelLayout.nbChannels} ${channelLayout.mask} ${format}`;
      if (described !== source) {
        convert(null, 0);
        resampler?.free();
        source = described;
        // From one to two sides FFmpeg lowers the level by 3 dB: one side is kept one, and used twice.
        mono = channelLayout.nbChannels === 1;
        resampler = new SoftwareResampleContext();
        const layout = mono ? C.AV_CHANNEL_LAYOUT_MONO : C.AV_CHANNEL_LAYOUT_STEREO;
        const from = channelLayout.mask === 0n ? defaultLayout(channelLayout.nbChannels) : channelLayout;
        const set = resampler.allocSetOpts2(
          layout,
          C.AV_SAMPLE_FMT_FLTP,
          soundRate,
          from,
          format as C.AVSampleFormat,
          sampleRate,
        );
        decoding(set);
        decoding(resampler.init());
      }
      convert(frame.extendedData, nbSamples);
    },
    flush: () => convert(null, 0),
    read: (length: number): Sound => ({ left: join(left, length), right: join(right, length) }),
    close: () => resampler?.free(),
  };
}

/** Files that do not say where their channels stand mean the usual places. */
function defaultLayout(channels: number) {
  const layouts = [
    C.AV_CHANNEL_LAYOUT_MONO,
    C.AV_CHANNEL_LAYOUT_STEREO,
    C.AV_CHANNEL_LAYOUT_SURROUND,
    C.AV_CHANNEL_LAYOUT_QUAD,
  ];
  const more = [
    C.AV_CHANNEL_LAYOUT_5POINT0_BACK,
    C.AV_CHANNEL_LAYOUT_5POINT1_BACK,
    C.AV_CHANNEL_LAYOUT_6POINT1,
    C.AV_CHANNEL_LAYOUT_7POINT1,
  ];
  const layout = [...layouts, ...more][channels - 1];
  if (!layout) throw new MediaRefused({ code: 'media_type_unsupported', found: `a sound of ${channels} channels` });
  return layout;
}

function join(parts: readonly Float32Array[], length: number): Float32Array {
  const whole = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    if (at >= length) break;
    whole.set(part.subarray(0, length - at), at);
    at += part.length;
  }
  return whole;
}
