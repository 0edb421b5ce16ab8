import * as C from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import { type Sound, soundRate } from '../audio.ts';
import type { I420 } from '../rgba.ts';

/** What a film is written as. */
export interface FilmForm {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  readonly sound: Sound | undefined;
  /** Bits a second of the sound. */
  readonly soundBits: number;
  /** Bits a second that the pictures may take at most; undefined where only their quality counts. */
  readonly mostBits: number | undefined;
}

const check = (answer: number, what: string) => FFmpegError.throwIfError(answer, what);

interface Track {
  readonly codec: CodecContext;
  readonly stream: Stream;
}

/** Writes an MP4, its index first: H.264 at a quality that is hard to tell from its source, and AAC. */
export async function writeFilm(
  file: string,
  form: FilmForm,
  frameAt: (index: number) => Promise<I420>,
): Promise<void> {
  Log.setLevel(C.AV_LOG_FATAL);
  const muxer = new FormatContext();
  const tracks: Track[] = [];
  const packet = new Packet();
  packet.alloc();
  const encode = (track: Track, frame: Frame | null, duration: bigint) => {
    check(track.codec.sendFrameSync(frame), 'encoding');
    while (track.codec.receivePacketSync(packet) >= 0) {
      packet.streamIndex = track.stream.index;
      if (!packet.duration && duration) packet.duration = duration;
      packet.rescaleTs(track.codec.timeBase, track.stream.timeBase);
      check(muxer.interleavedWriteFrameSync(packet), 'writing');
      packet.unref();
    }
  };
  try {
    check(muxer.allocOutputContext2(null, 'mp4', `file:${file}`), 'an MP4');
    const video = addTrack(muxer, pictures(form), tracks);
    video.stream.avgFrameRate = rateOf(form.fps);
    const audio = form.sound === undefined ? undefined : addTrack(muxer, sounds(form), tracks);
    check(muxer.openOutputSync(), 'opening');
    check(muxer.writeHeaderSync(Dictionary.fromObject({ movflags: '+faststart' })), 'the header');
    for (let index = 0; index < form.frames; index += 1) {
      const frame = pictureFrame(await frameAt(index), index);
      encode(video, frame, 1n);
      frame.free();
    }
    encode(video, null, 1n);
    if (audio !== undefined) encodeSound(form.sound!, audio, encode);
    check(muxer.writeTrailerSync(), 'the index');
  } finally {
    muxer.closeOutputSync();
    muxer.freeContext();
    packet.free();
    // Left to the garbage collector, an encoder brings the process down when it ends.
    for (const { codec } of tracks) codec.freeContext();
  }
}

/** Frames a second as a fraction: 29.97 is 30000/1001, whole numbers stay whole. */
function rateOf(fps: number): Rational {
  if (Math.abs(fps - Math.round(fps)) < 0.001) return new Rational(Math.round(fps), 1);
  return new Rational(Math.round(fps * 1001), 1001);
}

function pictures({ width, height, fps, mostBits }: FilmForm): CodecContext {
  const implementation = Codec.findEncoderByName('libx264' as Parameters<typeof Codec.findEncoderByName>[0]);
  if (implementation === null) throw new Error('node-av was built without libx264');
  const codec = new CodecContext();
  codec.allocContext3(implementation);
  const rate = rateOf(fps);
  codec.width = width;
  codec.height = height;
  codec.pixelFormat = C.AV_PIX_FMT_YUV420P;
  codec.timeBase = new Rational(rate.den, rate.num);
  codec.framerate = rate;
  codec.gopSize = Math.max(1, Math.round(fps * 2));
  codec.threadCount = 2;
  codec.colorRange = C.AVCOL_RANGE_MPEG;
  codec.colorSpace = C.AVCOL_SPC_BT709;
  codec.colorPrimaries = C.AVCOL_PRI_BT709;
  codec.colorTrc = C.AVCOL_TRC_BT709;
  codec.setFlags(C.AV_CODEC_FLAG_GLOBAL_HEADER);
  check(codec.setOption('preset', 'veryfast'), 'preset');
  check(codec.setOption('crf', '18'), 'crf');
  const kilobits = mostBits === undefined ? undefined : Math.max(50, Math.floor(mostBits / 1000));
  if (kilobits !== undefined)
    check(codec.setOption('x264-params', `vbv-maxrate=${kilobits}:vbv-bufsize=${kilobits}`), 'x264-params');
  check(codec.open2Sync(implementation, null), 'libx264');
  return codec;
}

function sounds({ soundBits }: FilmForm): CodecContext {
  const implementation = Codec.findEncoderByName('aac' as Parameters<typeof Codec.findEncoderByName>[0]);
  if (implementation === null) throw new Error('node-av was built without AAC');
  const codec = new CodecContext();
  codec.allocContext3(implementation);
  codec.sampleRate = soundRate;
  codec.sampleFormat = C.AV_SAMPLE_FMT_FLTP;
  codec.channelLayout = C.AV_CHANNEL_LAYOUT_STEREO;
  codec.timeBase = new Rational(1, soundRate);
  codec.bitRate = BigInt(soundBits);
  codec.setFlags(C.AV_CODEC_FLAG_GLOBAL_HEADER);
  check(codec.open2Sync(implementation, null), 'AAC');
  return codec;
}

function addTrack(muxer: FormatContext, codec: CodecContext, tracks: Track[]): Track {
  const stream = muxer.newStream(null);
  const track = { codec, stream };
  tracks.push(track);
  check(stream.codecpar.fromContext(codec), 'a track');
  stream.timeBase = codec.timeBase;
  return track;
}

function pictureFrame({ width, height, data }: I420, index: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = C.AV_PIX_FMT_YUV420P;
  check(frame.allocBuffer(), 'a frame');
  check(frame.fromBuffer(Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)), 'a frame');
  frame.pts = BigInt(index);
  return frame;
}

function encodeSound(
  { left, right }: Sound,
  track: Track,
  encode: (track: Track, frame: Frame | null, duration: bigint) => void,
): void {
  const block = track.codec.frameSize || 1024;
  for (let start = 0; start < left.length; start += block) {
    const end = Math.min(left.length, start + block);
    const planes = new Float32Array((end - start) * 2);
    planes.set(left.subarray(start, end));
    planes.set(right.subarray(start, end), end - start);
    const frame = Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
      nbSamples: end - start,
      format: C.AV_SAMPLE_FMT_FLTP,
      sampleRate: soundRate,
      channelLayout: C.AV_CHANNEL_LAYOUT_STEREO,
      timeBase: { num: 1, den: soundRate },
      pts: BigInt(start),
    });
    encode(track, frame, 0n);
    frame.free();
  }
  encode(track, null, 0n);
}
