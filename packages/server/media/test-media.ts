import { writeFileSync } from 'node:fs';
import * as C from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';

/** Makes small films and sounds for tests. Y, U, V of a whole frame are one value each, so that what is decoded can be foretold. */
export interface FilmRecipe {
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  readonly frames?: number;
  /** Y, U, V of a frame; may fill parts of the planes instead. */
  readonly paint?: (frame: number, planes: readonly Uint8Array[], strides: readonly number[]) => void;
  readonly encoder?: 'libx264' | 'libvpx' | 'mpeg4';
  readonly container?: 'mp4' | 'mov' | 'webm' | 'matroska';
  readonly faststart?: boolean;
  readonly sound?: boolean;
  readonly pictures?: boolean;
  readonly matrix?: C.AVColorSpace;
  readonly range?: C.AVColorRange;
  readonly aspect?: readonly [number, number];
  /** The nine numbers of a display matrix. */
  readonly displayMatrix?: readonly number[];
}

const check = (answer: number) => FFmpegError.throwIfError(answer, 'making test media');

/** A quarter clockwise, as a phone held upright writes it. */
export const quarterClockwise = [0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30];

export function makeFilm(file: string, recipe: FilmRecipe = {}): string {
  const {
    width = 64,
    height = 48,
    fps = 25,
    frames = 25,
    encoder = 'libx264',
    container = 'mp4',
    pictures = true,
  } = recipe;
  const context = new FormatContext();
  check(context.allocOutputContext2(null, container, file));
  const videoEncoder = pictures ? openVideoEncoder(recipe, encoder, width, height, fps) : undefined;
  const soundEncoder = recipe.sound ? openSoundEncoder(container === 'webm' ? 'libopus' : 'aac', 2) : undefined;
  const video = videoEncoder && addStream(context, videoEncoder, new Rational(1, fps));
  if (video) video.avgFrameRate = new Rational(fps, 1);
  if (video && recipe.displayMatrix) {
    const matrix = Buffer.from(new Int32Array(recipe.displayMatrix).buffer);
    check(video.codecpar.addCodedSideData(C.AV_PKT_DATA_DISPLAYMATRIX, matrix));
  }
  const sound = soundEncoder && addStream(context, soundEncoder, new Rational(1, 48_000));
  check(context.openOutputSync());
  check(context.writeHeaderSync(recipe.faststart ? Dictionary.fromObject({ movflags: '+faststart' }) : null));
  if (videoEncoder && video) {
    const paint = recipe.paint ?? ((_, planes) => planes.forEach((plane, index) => void plane.fill(index ? 128 : 100)));
    for (let index = 0; index < frames; index++) {
      const frame = allocatePicture(recipe, width, height);
      paint(index, frame.data!, frame.linesize);
      frame.pts = BigInt(index);
      encode(context, videoEncoder, video, frame, 1n);
      frame.free();
    }
    encode(context, videoEncoder, video, null, 1n);
  }
  if (soundEncoder && sound) writeTone(context, soundEncoder, sound, 2, frames / fps);
  finish(context, videoEncoder, soundEncoder);
  return file;
}

/** A tone of 440 Hz at half of full scale, on the left side only if there are two. */
export function makeTone(file: string, format: 'wav' | 'mp3' | 'm4a', channels: 1 | 2 = 1, seconds = 1): string {
  const context = new FormatContext();
  check(context.allocOutputContext2(null, format === 'm4a' ? 'ipod' : format, file));
  const encoder = openSoundEncoder(format === 'wav' ? 'pcm_s16le' : format === 'mp3' ? 'libmp3lame' : 'aac', channels);
  const stream = addStream(context, encoder, new Rational(1, 48_000));
  check(context.openOutputSync());
  check(context.writeHeaderSync(null));
  writeTone(context, encoder, stream, channels, seconds);
  finish(context, encoder);
  return file;
}

/** One PNG chunk with a right checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), chunk.length - 4);
  return chunk;
}

/** A 24-bit BMP of one colour. */
export function makeBmp(
  file: string,
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
): string {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) bytes.set([blue, green, red], 54 + y * stride + x * 3);
  writeFileSync(file, bytes);
  return file;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function openVideoEncoder(
  recipe: FilmRecipe,
  name: 'libx264' | 'libvpx' | 'mpeg4',
  width: number,
  height: number,
  fps: number,
) {
  const codec = Codec.findEncoderByName(name as Parameters<typeof Codec.findEncoderByName>[0])!;
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.width = width;
  encoder.height = height;
  encoder.pixelFormat = C.AV_PIX_FMT_YUV420P;
  encoder.timeBase = new Rational(1, fps);
  encoder.framerate = new Rational(fps, 1);
  encoder.gopSize = 10;
  encoder.threadCount = 1;
  if (name !== 'libx264') encoder.bitRate = 400_000n;
  if (recipe.aspect) encoder.sampleAspectRatio = new Rational(...recipe.aspect);
  if (recipe.matrix !== undefined) encoder.colorSpace = recipe.matrix;
  if (recipe.range !== undefined) encoder.colorRange = recipe.range;
  encoder.setFlags(C.AV_CODEC_FLAG_GLOBAL_HEADER);
  const options: Readonly<Record<string, string>> =
    name === 'libx264'
      ? { preset: 'ultrafast', crf: '10' }
      : name === 'libvpx'
        ? { deadline: 'realtime', 'cpu-used': '8' }
        : {};
  // Not as a dictionary: `open2Sync` frees it twice.
  for (const [key, value] of Object.entries(options)) check(encoder.setOption(key, value));
  check(encoder.open2Sync(codec, null));
  return encoder;
}

function allocatePicture(recipe: FilmRecipe, width: number, height: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = C.AV_PIX_FMT_YUV420P;
  if (recipe.matrix !== undefined) frame.colorSpace = recipe.matrix;
  if (recipe.range !== undefined) frame.colorRange = recipe.range;
  check(frame.allocBuffer());
  return frame;
}

function openSoundEncoder(name: 'aac' | 'libopus' | 'libmp3lame' | 'pcm_s16le', channels: 1 | 2): CodecContext {
  const codec = Codec.findEncoderByName(name as Parameters<typeof Codec.findEncoderByName>[0])!;
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  encoder.sampleRate = 48_000;
  encoder.sampleFormat = name === 'aac' || name === 'libmp3lame' ? C.AV_SAMPLE_FMT_FLTP : C.AV_SAMPLE_FMT_S16;
  encoder.channelLayout = channels === 1 ? C.AV_CHANNEL_LAYOUT_MONO : C.AV_CHANNEL_LAYOUT_STEREO;
  encoder.timeBase = new Rational(1, 48_000);
  encoder.bitRate = 128_000n;
  encoder.setFlags(C.AV_CODEC_FLAG_GLOBAL_HEADER);
  check(encoder.open2Sync(codec, null));
  return encoder;
}

function finish(context: FormatContext, ...encoders: readonly (CodecContext | undefined)[]): void {
  check(context.writeTrailerSync());
  context.closeOutputSync();
  context.freeContext();
  // Left to the garbage collector, an encoder brings the process down when it ends.
  for (const encoder of encoders) encoder?.freeContext();
}

function addStream(context: FormatContext, encoder: CodecContext, timeBase: Rational): Stream {
  const stream = context.newStream(null);
  check(stream.codecpar.fromContext(encoder));
  stream.timeBase = timeBase;
  return stream;
}

function writeTone(
  context: FormatContext,
  encoder: CodecContext,
  stream: Stream,
  channels: 1 | 2,
  seconds: number,
): void {
  const size = encoder.frameSize || 1024;
  const planar = encoder.sampleFormat === C.AV_SAMPLE_FMT_FLTP;
  for (let at = 0; at < Math.round(seconds * 48_000); at += size) {
    const count = Math.min(size, Math.round(seconds * 48_000) - at);
    const tone = Float32Array.from(
      { length: count },
      (_, index) => 0.5 * Math.sin((2 * Math.PI * 440 * (at + index)) / 48_000),
    );
    const bytes = Buffer.alloc(count * channels * (planar ? 4 : 2));
    for (let index = 0; index < count; index++) {
      if (planar) bytes.writeFloatLE(tone[index]!, index * 4);
      else bytes.writeInt16LE(Math.round(tone[index]! * 32767), index * channels * 2);
    }
    const { sampleRate, sampleFormat: format, channelLayout } = encoder;
    const timeBase = { num: 1, den: 48_000 };
    const frame = Frame.fromAudioBuffer(bytes, {
      nbSamples: count,
      format,
      sampleRate,
      channelLayout,
      timeBase,
      pts: BigInt(at),
    });
    encode(context, encoder, stream, frame, 0n);
    frame.free();
  }
  encode(context, encoder, stream, null, 0n);
}

function encode(
  context: FormatContext,
  encoder: CodecContext,
  stream: Stream,
  frame: Frame | null,
  duration: bigint,
): void {
  const packet = new Packet();
  packet.alloc();
  check(encoder.sendFrameSync(frame));
  while (encoder.receivePacketSync(packet) >= 0) {
    packet.streamIndex = stream.index;
    if (!packet.duration && duration) packet.duration = duration;
    packet.rescaleTs(encoder.timeBase, stream.timeBase);
    check(context.interleavedWriteFrameSync(packet));
    packet.unref();
  }
  packet.free();
}
