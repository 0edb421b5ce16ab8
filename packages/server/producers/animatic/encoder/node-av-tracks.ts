import { getSystemErrorName } from 'node:util';
import type { FFEncoderCodec } from 'node-av/constants';
import type { CodecContext, Dictionary, FormatContext, Rational, Stream } from 'node-av/lib';
import { EncodeError } from './encoder.ts';
import {
  frameRateOf,
  keyframeSpacing,
  movieTimescale,
  soundBitRate,
  soundCoder,
  soundRate,
  trackLanguages,
} from './film-facts.ts';
import type { EncodeJob } from './session.ts';
import { x264ParametersFor } from './x264-parameters.ts';

/** The library and its constants. */
export type NodeAv = Awaited<ReturnType<typeof loadNodeAv>>;

/** One track of a file: what encodes it, in which ticks, and where its packets go. */
export interface Track {
  readonly codec: CodecContext;
  readonly tick: Rational;
  readonly stream: Stream;
}

/** A file whose header is written. */
export interface OpenFilm {
  readonly muxer: FormatContext;
  readonly video: Track;
  readonly audio: Track | undefined;
}

/** A native package: it is absent on a platform that it was not built for, and whoever uses the other encoder never loads it. */
export async function loadNodeAv(file: string) {
  try {
    const [library, constants] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
    return { ...library, constants };
  } catch (error) {
    throw new EncodeError('encoder-missing', file, 'the node-av library cannot be loaded on this machine', error);
  }
}

/** Throws for a negative result, with the system's name of the error as `code` where it has one. */
export function check(av: NodeAv, result: number, what: string): void {
  if (result >= 0) return;
  const error = new Error(`${what}: ${av.FFmpegError.strerror(result)}`);
  throw Object.assign(error, { code: getSystemErrorName(result) });
}

/** Opens encoders and file and writes the header. Nothing stays open when it rejects. */
export async function openFilm(av: NodeAv, job: EncodeJob): Promise<OpenFilm> {
  const { file, format } = job;
  const { constants } = av;
  const muxer = new av.FormatContext();
  const codecs: CodecContext[] = [];

  async function addTrack(
    name: FFEncoderCodec,
    tick: Rational,
    prepare: (codec: CodecContext) => void,
    options?: Dictionary,
  ) {
    const implementation = av.Codec.findEncoderByName(name);
    if (!implementation) throw new EncodeError('encoder-missing', file, `node-av was built without ${name}`);
    const codec = new av.CodecContext();
    codec.allocContext3(implementation);
    codecs.push(codec);
    codec.timeBase = tick;
    codec.setFlags(constants.AV_CODEC_FLAG_GLOBAL_HEADER, constants.AV_CODEC_FLAG_BITEXACT);
    prepare(codec);
    check(av, await codec.open2(implementation, options ?? null), `open ${name}`);
    const stream = muxer.newStream(null);
    check(av, stream.codecpar.fromContext(codec), `describe ${name}`);
    stream.timeBase = tick;
    return { codec, tick, stream };
  }

  try {
    check(av, muxer.allocOutputContext2(null, 'mp4', `file:${file}`), 'prepare MP4');
    muxer.setFlags(constants.AVFMT_FLAG_BITEXACT);
    // The order of packets must not depend on which track happens to be ahead.
    muxer.maxInterleaveDelta = 0n;
    muxer.metadata = av.Dictionary.fromObject({ title: format.title, comment: format.comment });
    const video = await addVideo(av, job, addTrack);
    const audio = format.audio ? await addAudio(av, job, addTrack) : undefined;
    check(av, await muxer.openOutput(), 'open file');
    const options = { movflags: '+faststart', movie_timescale: String(movieTimescale) };
    check(av, await muxer.writeHeader(av.Dictionary.fromObject(options)), 'write header');
    return { muxer, video, audio };
  } catch (error) {
    await muxer.closeOutput();
    muxer.freeContext();
    for (const codec of codecs) codec.freeContext();
    throw error;
  }
}

type AddTrack = (
  name: FFEncoderCodec,
  tick: Rational,
  prepare: (codec: CodecContext) => void,
  options?: Dictionary,
) => Promise<Track>;

async function addVideo(av: NodeAv, { format, settings }: EncodeJob, addTrack: AddTrack): Promise<Track> {
  const { constants } = av;
  const rate = frameRateOf(format.fps);
  const framesPerSecond = new av.Rational(rate.numerator, rate.denominator);
  const squarePixels = new av.Rational(1, 1);
  const track = await addTrack(
    constants.FF_ENCODER_LIBX264,
    new av.Rational(rate.denominator, rate.numerator),
    (codec) => {
      codec.width = format.width;
      codec.height = format.height;
      codec.pixelFormat = constants.AV_PIX_FMT_YUV420P;
      codec.framerate = framesPerSecond;
      codec.sampleAspectRatio = squarePixels;
      codec.threadCount = settings.threads;
      codec.gopSize = keyframeSpacing(format.fps);
      codec.colorRange = constants.AVCOL_RANGE_MPEG;
      codec.colorSpace = constants.AVCOL_SPC_BT709;
      codec.colorPrimaries = constants.AVCOL_PRI_BT709;
      codec.colorTrc = constants.AVCOL_TRC_BT709;
    },
    av.Dictionary.fromObject({
      preset: settings.preset,
      crf: String(settings.crf),
      profile: 'high',
      'forced-idr': '1',
      'x264-params': x264ParametersFor(format.width),
    }),
  );
  track.stream.avgFrameRate = framesPerSecond;
  track.stream.sampleAspectRatio = squarePixels;
  return track;
}

async function addAudio(av: NodeAv, { format }: EncodeJob, addTrack: AddTrack): Promise<Track> {
  const { constants } = av;
  const track = await addTrack(
    constants.FF_ENCODER_AAC,
    new av.Rational(1, soundRate),
    (codec) => {
      codec.sampleRate = soundRate;
      codec.sampleFormat = constants.AV_SAMPLE_FMT_FLTP;
      codec.channelLayout = constants.AV_CHANNEL_LAYOUT_STEREO;
      codec.bitRate = BigInt(soundBitRate);
    },
    av.Dictionary.fromObject({ aac_coder: soundCoder }),
  );
  if (format.language) track.stream.metadata = av.Dictionary.fromObject({ language: trackLanguages[format.language] });
  return track;
}
