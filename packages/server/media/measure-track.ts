import type { AudioFacts, VideoFacts } from '@refreel/core/model';
import * as C from 'node-av/constants';
import { type CodecContext, Frame } from 'node-av/lib';
import type { Admitted } from './admit.ts';
import { type Container, openContainer, openDecoder, packetsOf, type Track } from './container.ts';
import type { MeasureLimits } from './limits.ts';
import { meanColour } from './mean-colour.ts';
import { pixelStretch, readOrientation } from './orientation.ts';
import { holdTo, MediaRefused } from './refusal.ts';
import { scaleFrame } from './scale-frame.ts';
import { countTrack, type Timeline } from './timeline.ts';

export type VideoMeasures = Omit<VideoFacts, 'bytes' | 'sha256'>;
export type AudioMeasures = Omit<AudioFacts, 'bytes' | 'sha256'>;

/** Measures a film or a sound: a container that promises pictures and holds none is a sound. Throws `MediaRefused`. */
export function measureTracks(admitted: Admitted, limits: MeasureLimits): VideoMeasures | AudioMeasures {
  const container = openContainer(admitted);
  try {
    if (container.video && admitted.sniffed.kind === 'video') {
      return measureVideo(container, container.video, admitted.sniffed.mediaType, limits);
    }
    if (container.audio) return measureAudio(container, container.audio, admitted.sniffed.mediaType, limits);
    throw new MediaRefused({ code: 'media_type_unsupported', found: 'a sound file without sound' });
  } finally {
    container.close();
  }
}

function measureVideo(container: Container, track: Track, mediaType: string, limits: MeasureLimits): VideoMeasures {
  holdSize(track.stream.codecpar, limits);
  const timeline = countTrack(container, track, { seconds: limits.videoSeconds, packets: limits.videoFrames });
  const frame = decodeOne(container, track, timeline, limits.videoPixels);
  try {
    const side = 64;
    const mean = meanColour(scaleFrame(frame, side, side, 'rgba'), side, 0, side);
    const shown = { width: Math.round(frame.width * pixelStretch(track.stream, frame)), height: frame.height };
    holdSize(shown, limits);
    const turned = readOrientation(track.stream).quarterTurns % 2 === 1;
    return {
      kind: 'video',
      mediaType,
      width: turned ? shown.height : shown.width,
      height: turned ? shown.width : shown.height,
      seconds: roundTo(timeline.seconds, 1e6),
      fps: framesPerSecond(track, timeline),
      codec: track.codecName,
      sound: container.audio !== undefined,
      mean,
    };
  } finally {
    frame.free();
  }
}

function holdSize({ width, height }: { readonly width: number; readonly height: number }, limits: MeasureLimits): void {
  holdTo('media_too_many_pixels', 'pixels-a-side', limits.videoSidePixels, Math.max(width, height));
  holdTo('media_too_many_pixels', 'pixels', limits.videoPixels, width * height);
}

function measureAudio(container: Container, track: Track, promisedType: string, limits: MeasureLimits): AudioMeasures {
  const timeline = countTrack(container, track, { seconds: limits.audioSeconds, packets: Number.POSITIVE_INFINITY });
  // Packets count the silence that encoders put around a sound; the container's word leaves it out, and holds if it agrees otherwise.
  const declared = track.declaredSeconds ?? timeline.seconds;
  const seconds = Math.abs(declared - timeline.seconds) < paddingSeconds ? declared : timeline.seconds;
  const frame = decodeOne(container, track, timeline, limits.videoPixels);
  const { sampleRate, channels } = frame;
  frame.free();
  if (sampleRate < 1 || channels < 1)
    throw new MediaRefused({ code: 'media_corrupt', found: 'a sound without samples' });
  return {
    kind: 'audio',
    mediaType: soundTypes[promisedType] ?? promisedType,
    seconds: roundTo(seconds, 1e6),
    sampleRate,
    channels,
    codec: track.codecName,
  };
}

/** Two frames of MP3 before and after are the most that encoders add. */
const paddingSeconds = 0.1;

/** What a container of films is called when there is only sound in it. */
const soundTypes: Readonly<Record<string, string>> = {
  'video/mp4': 'audio/mp4',
  'video/quicktime': 'audio/mp4',
  'video/webm': 'audio/webm',
  'video/x-matroska': 'audio/x-matroska',
};

/**
 * Proof that a track decodes: the frame at the last key frame before its middle (many films begin in black), else its first one.
 * The caller frees it.
 */
function decodeOne(container: Container, track: Track, timeline: Timeline, mostPixels: number): Frame {
  const decoder = openDecoder(track, mostPixels, 1);
  const frame = new Frame();
  frame.alloc();
  try {
    for (const share of [0.5, 0]) {
      const stamp = BigInt(Math.round((timeline.start + timeline.seconds * share) / track.tickSeconds));
      if (container.context.seekFrameSync(track.stream.index, stamp, C.AVSEEK_FLAG_BACKWARD) < 0) continue;
      decoder.flushBuffers();
      if (decodeNext(container, track, decoder, frame)) return frame;
    }
    throw new MediaRefused({ code: 'media_corrupt', found: 'no frame that decodes' });
  } catch (error) {
    frame.free();
    throw error;
  } finally {
    decoder.freeContext();
  }
}

function decodeNext(container: Container, track: Track, decoder: CodecContext, frame: Frame): boolean {
  // A key frame needs no more than the decoder's delay; a track that gives nothing for longer gives nothing.
  let tries = 64;
  for (const packet of packetsOf(container, track)) {
    decoder.sendPacketSync(packet);
    const answer = decoder.receiveFrameSync(frame);
    if (answer >= 0) return true;
    if (answer !== C.AVERROR_EOF && answer !== C.AVERROR_EAGAIN && --tries === 0) break;
  }
  decoder.sendPacketSync(null);
  return decoder.receiveFrameSync(frame) >= 0;
}

/**
 * The average rate. The container's own figure is exact where the counted one only rounds it (Matroska keeps milliseconds); where the
 * two disagree, what was counted holds.
 */
function framesPerSecond(track: Track, timeline: Timeline): number {
  const { num, den } = track.stream.avgFrameRate;
  const declared = num > 0 && den > 0 ? num / den : undefined;
  const counted = timeline.rate ?? (timeline.seconds > 0 ? timeline.packets / timeline.seconds : undefined);
  if (counted === undefined) return roundTo(declared ?? 0, 1e3);
  const agrees = declared !== undefined && Math.abs(declared - counted) < counted * 0.01;
  return roundTo(agrees ? declared : counted, 1e3);
}

function roundTo(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
