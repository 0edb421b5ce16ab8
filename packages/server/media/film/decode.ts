import {
  AV_LOG_QUIET,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_NONE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import {
  avGetPixFmtName,
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
} from 'node-av/lib';

/** A decoded frame. Its pixels live until the next one is asked for. */
export interface DecodedFrame {
  readonly seconds: number;
  /** The frame can be decoded without any before it. */
  readonly keyframe: boolean;
  readonly width: number;
  readonly height: number;
  /** FFmpeg's name, `yuv420p` for instance. */
  readonly pixelFormat: string;
  /** Planes one after the other, without padding. */
  readonly pixels: () => Uint8Array;
}

/**
 * The pictures of a film in the order in which they are shown, decoded strictly: anything that a player would paper over throws.
 * Decodes in this process; a film from a stranger belongs into a child process. `from: 'end'` starts at the last keyframe.
 */
export async function* decodeFrames(file: string, from: 'start' | 'end' = 'start'): AsyncGenerator<DecodedFrame> {
  Log.setLevel(AV_LOG_QUIET);
  await using input = new FormatContext();
  FFmpegError.throwIfError(await input.openInput(`file:${file}`), 'open');
  FFmpegError.throwIfError(await input.findStreamInfo(), 'read streams');
  const index = input.findBestStream(AVMEDIA_TYPE_VIDEO);
  const stream = input.streams[index];
  if (!stream) throw new Error(`${file} has no pictures`);
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new Error(`no decoder for ${file}`);
  using context = new CodecContext();
  context.allocContext3(codec);
  FFmpegError.throwIfError(context.parametersToContext(stream.codecpar), 'prepare decoder');
  context.pktTimebase = stream.timeBase;
  FFmpegError.throwIfError(
    await context.open2(codec, Dictionary.fromObject({ err_detect: 'explode' })),
    'open decoder',
  );
  // A file that does not say how long it is has to be read through.
  if (from === 'end' && input.duration > 0n) {
    const start = input.startTime === AV_NOPTS_VALUE ? 0n : input.startTime;
    FFmpegError.throwIfError(await input.seekFrame(-1, start + input.duration, AVSEEK_FLAG_BACKWARD), 'seek');
  }
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  const secondsPerTick = stream.timeBase.num / stream.timeBase.den;

  for (let more = true; more; ) {
    more = await nextPacket(input, packet, index);
    FFmpegError.throwIfError(await context.sendPacket(more ? packet : null), 'decode');
    packet.unref();
    for (;;) {
      const result = await context.receiveFrame(frame);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) break;
      FFmpegError.throwIfError(result, 'decode');
      if (frame.decodeErrorFlags !== 0) throw new Error(`a frame of ${file} is damaged`);
      yield {
        seconds: Number(frame.bestEffortTimestamp) * secondsPerTick,
        keyframe: frame.keyFrame !== 0,
        width: frame.width,
        height: frame.height,
        pixelFormat: pixelFormatName(frame),
        pixels: () => frame.toBuffer(),
      };
      frame.unref();
    }
  }
}

/** Reads on to the next packet of one stream; false at the end of the file. */
async function nextPacket(input: FormatContext, packet: Packet, index: number): Promise<boolean> {
  for (;;) {
    const result = await input.readFrame(packet);
    if (result === AVERROR_EOF) return false;
    FFmpegError.throwIfError(result, 'read');
    if (packet.streamIndex === index) return true;
    packet.unref();
  }
}

function pixelFormatName(frame: Frame): string {
  const format = frame.format as Parameters<typeof avGetPixFmtName>[0];
  return (format === AV_PIX_FMT_NONE ? null : avGetPixFmtName(format)) ?? 'unknown';
}
