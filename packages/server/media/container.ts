import { resolve } from 'node:path';
import * as C from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FormatContext, InputFormat, Packet, type Stream } from 'node-av/lib';
import type { Admitted } from './admit.ts';
import { decoding, setDecoderLimits } from './decoding.ts';
import { MediaRefused } from './refusal.ts';
import type { Demuxer } from './sniff.ts';

/** An open film or sound and the tracks of it that are used. Close it. */
export interface Container {
  readonly context: FormatContext;
  /** The first picture track; cover art is none. */
  readonly video: Track | undefined;
  readonly audio: Track | undefined;
  close(): void;
}

export interface Track {
  readonly stream: Stream;
  readonly codec: Codec;
  /** Short name such as "h264". */
  readonly codecName: string;
  /** Seconds that one unit of the track's time stamps lasts. */
  readonly tickSeconds: number;
  /** The container's own word on the track's length; undefined where it does not know. */
  readonly declaredSeconds: number | undefined;
}

const formats: Readonly<Partial<Record<Demuxer, string>>> = {
  mov: 'mov,mp4,m4a,3gp,3g2,mj2',
  matroska: 'matroska,webm',
  wav: 'wav',
  mp3: 'mp3',
};

/** FFmpeg's name of a decoder -> the name that people use. What is not here is never opened. */
const decoders: ReadonlyMap<string, string> = new Map([
  ['h264', 'h264'],
  ['hevc', 'hevc'],
  ['vp8', 'vp8'],
  ['vp9', 'vp9'],
  ['libdav1d', 'av1'],
  ['av1', 'av1'],
  ['mpeg4', 'mpeg4'],
  ['prores', 'prores'],
  ['mjpeg', 'mjpeg'],
  ['aac', 'aac'],
  ['mp3', 'mp3'],
  ['mp3float', 'mp3'],
  ['opus', 'opus'],
  ['libopus', 'opus'],
  ['vorbis', 'vorbis'],
  ['flac', 'flac'],
  ['alac', 'alac'],
  ['ac3', 'ac3'],
  ['eac3', 'eac3'],
  ...[
    'u8',
    's16le',
    's16be',
    's24le',
    's24be',
    's32le',
    's32be',
    'f32le',
    'f32be',
    'f64le',
    'f64be',
    'alaw',
    'mulaw',
  ].map((layout) => [`pcm_${layout}`, `pcm_${layout}`] as const),
]);

/**
 * Opens a file with the demuxer that its bytes named, and no other; it may read this one file by the file protocol and nothing that
 * the file refers to. Throws `MediaRefused`.
 */
export function openContainer(admitted: Admitted): Container {
  const name = formats[admitted.sniffed.demuxer];
  const format = name === undefined ? null : InputFormat.findInputFormat(name);
  if (!name || !format) throw new Error(`no demuxer for ${admitted.sniffed.demuxer}`);
  const context = new FormatContext();
  try {
    context.allocContext();
    const options = Dictionary.fromObject({
      protocol_whitelist: 'file',
      format_whitelist: name,
      codec_whitelist: [...decoders.keys()].join(','),
      // External data references of QuickTime: both are FFmpeg's default, and must never depend on it.
      enable_drefs: 0,
      use_absolute_path: 0,
      max_streams: 64,
    });
    // The prefix keeps a path such as "concat:a|b" from being read as a protocol.
    decoding(context.openInputSync(`file:${resolve(admitted.file)}`, format, options));
    // FFmpeg's own look at the streams is left out: it opens every decoder and decodes without a limit of pixels. What it would find
    // out, these four demuxers read from their headers, and the rest is counted and decoded here.
    const video = findTrack(context, C.AVMEDIA_TYPE_VIDEO);
    const audio = findTrack(context, C.AVMEDIA_TYPE_AUDIO);
    if (!video && !audio)
      throw new MediaRefused({ code: 'media_type_unsupported', found: 'a file without pictures or sound' });
    return { context, video, audio, close: () => context.closeInputSync() };
  } catch (error) {
    context.closeInputSync();
    throw error;
  }
}

/** A decoder for a track. Call `freeContext` on it. Throws `MediaRefused`. */
export function openDecoder(track: Track, mostPixels: number, threads: number): CodecContext {
  const context = new CodecContext();
  try {
    context.allocContext3(track.codec);
    decoding(context.parametersToContext(track.stream.codecpar));
    context.pktTimebase = track.stream.timeBase;
    setDecoderLimits(context, mostPixels, threads);
    decoding(context.open2Sync(track.codec, null));
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

/** Reads the packets of one track to the end of the file; the packet is the same object every time. Throws `MediaRefused`. */
export function* packetsOf(container: Container, track: Track): Generator<Packet> {
  const packet = new Packet();
  packet.alloc();
  try {
    for (;;) {
      const answer = container.context.readFrameSync(packet);
      if (answer === C.AVERROR_EOF) return;
      decoding(answer);
      if (packet.streamIndex === track.stream.index) yield packet;
      packet.unref();
    }
  } finally {
    packet.free();
  }
}

function findTrack(context: FormatContext, type: C.AVMediaType): Track | undefined {
  const streams = context.streams.filter(
    (stream) => stream.codecpar.codecType === type && (stream.disposition & C.AV_DISPOSITION_ATTACHED_PIC) === 0,
  );
  const best = context.findBestStream(type);
  const stream = streams.find((candidate) => candidate.index === best) ?? streams[0];
  if (!stream) return undefined;
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  const codecName = codec?.name ? decoders.get(codec.name) : undefined;
  if (!codec || !codecName) {
    const tag = stream.codecpar.codecTagString;
    throw new MediaRefused({
      code: 'media_type_unsupported',
      limit: [...new Set(decoders.values())].filter((known) => !known.startsWith('pcm')).join(', '),
      found: `the codec ${codec?.name ?? tag ?? 'unknown'}`,
    });
  }
  const tickSeconds = stream.timeBase.num / stream.timeBase.den;
  const declared = [
    stream.duration > 0n ? Number(stream.duration) * tickSeconds : 0,
    context.duration > 0n ? Number(context.duration) / 1e6 : 0,
  ].find((seconds) => seconds > 0);
  return { stream, codec, codecName, tickSeconds, declaredSeconds: declared };
}
