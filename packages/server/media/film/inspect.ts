import { ALL_FORMATS, FilePathSource, Input, type InputAudioTrack, type InputVideoTrack } from 'mediabunny';
import { type BoxLayout, boxLayoutOf } from './boxes.ts';
import { type DecodedFrame, decodeFrames } from './decode.ts';

/** What a finished film is, read from the file itself. */
export interface FilmInspection {
  /** How long the pictures last. */
  readonly seconds: number;
  /** Pixels as shown: after the film's own rotation. */
  readonly width: number;
  readonly height: number;
  /** Frames a second: exact for a film of even pace, else the mean. */
  readonly fps: number;
  readonly frames: number;
  /** `avc` for H.264, `hevc`, `vp9`, `av1`, ... */
  readonly codec: string;
  /** `High` for instance for H.264; the codec's parameter string (RFC 6381) for any other. */
  readonly profile: string;
  /** FFmpeg's name, `yuv420p` for instance; undefined where no frame could be decoded. */
  readonly pixelFormat: string | undefined;
  readonly audio: SoundInspection | undefined;
  /** The index stands before the media, so that a player starts at once. */
  readonly faststart: boolean;
  readonly bytes: number;
  readonly title: string | undefined;
  readonly comment: string | undefined;
  /** The first and the last frame were decoded without a fault: a header alone is no proof. */
  readonly decodes: boolean;
}

/** The sound track of a film. */
export interface SoundInspection {
  /** `aac`, `opus`, ... */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly seconds: number;
}

/**
 * - `missing`: there is no such file, or it cannot be read.
 * - `empty`: it has no bytes.
 * - `truncated`: it ends before its own headers say so, or was never completed.
 * - `not-a-film`: no media file that is known.
 * - `no-pictures`: a media file without a video track that has frames.
 */
export type InspectFailure = 'missing' | 'empty' | 'truncated' | 'not-a-film' | 'no-pictures';

/** Why a file is not a film. */
export class InspectError extends Error {
  override readonly name = 'InspectError';
  readonly code: InspectFailure;
  readonly file: string;

  constructor(code: InspectFailure, file: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.file = file;
  }
}

/**
 * Reads a film's facts and decodes its first and last frame, in this process. Rejects with an `InspectError` for a file that is no
 * whole film; `decodes` is false for one that is well formed and yet cannot be shown.
 */
export async function inspectFilm(file: string): Promise<FilmInspection> {
  const layout = await layoutOf(file);
  using input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  const { video, sound, tags } = await readTracks(input, file);
  const { pictures, width, height, codec, parameters, seconds } = video;
  const shown = await decodeEnds(file);
  return {
    seconds,
    width,
    height,
    fps: pictures.packetCount / seconds,
    frames: pictures.packetCount,
    codec: codec ?? 'unknown',
    profile: profileOf(parameters),
    pixelFormat: shown?.pixelFormat,
    audio: sound,
    faststart: layout.faststart,
    bytes: layout.bytes,
    title: tags.title,
    comment: tags.comment,
    decodes: shown !== undefined,
  };
}

async function layoutOf(file: string): Promise<BoxLayout> {
  const layout = await boxLayoutOf(file).catch((error: unknown) => {
    throw new InspectError('missing', file, `cannot read ${file}`, error);
  });
  if (layout.bytes === 0) throw new InspectError('empty', file, `${file} is empty`);
  if (layout.boxes[0]?.type !== 'ftyp') return layout;
  const indexed = layout.boxes.some((box) => box.type === 'moov');
  if (!layout.whole || !indexed) throw new InspectError('truncated', file, `${file} is not whole`);
  return layout;
}

async function readTracks(input: Input, file: string) {
  try {
    if (!(await input.canRead())) throw new InspectError('not-a-film', file, `${file} is no media file that is known`);
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new InspectError('no-pictures', file, `${file} has no video track`);
    const video = await readVideo(track);
    if (video.pictures.packetCount === 0) throw new InspectError('no-pictures', file, `${file} has no frames`);
    const audioTrack = await input.getPrimaryAudioTrack();
    const sound = audioTrack ? await readSound(audioTrack) : undefined;
    return { video, sound, tags: await input.getMetadataTags() };
  } catch (error) {
    if (error instanceof InspectError) throw error;
    throw new InspectError('not-a-film', file, `${file} cannot be read as a film`, error);
  }
}

async function readVideo(track: InputVideoTrack) {
  // A fragmented file may begin later than at 0; what is before its first frame is not part of it.
  const start = Math.max(0, await track.getFirstTimestamp());
  return {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    codec: await track.getCodec(),
    parameters: await track.getCodecParameterString(),
    pictures: await track.computePacketStats(),
    seconds: (await track.computeDuration()) - start,
  };
}

async function readSound(track: InputAudioTrack): Promise<SoundInspection> {
  return {
    codec: (await track.getCodec()) ?? 'unknown',
    sampleRate: await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    seconds: await track.computeDuration(),
  };
}

/** The last frame, once the first and the last have been decoded; undefined when one of them cannot be. */
async function decodeEnds(file: string): Promise<DecodedFrame | undefined> {
  try {
    let first: DecodedFrame | undefined;
    for await (const frame of decodeFrames(file)) {
      first = frame;
      break;
    }
    let last: DecodedFrame | undefined;
    for await (const frame of decodeFrames(file, 'end')) last = frame;
    return first && last;
  } catch {
    return undefined;
  }
}

/** H.264's `profile_idc`, with the constraint that turns Baseline into what every encoder means by it (ITU-T H.264, annex A). */
const h264Profiles: Readonly<Record<string, string>> = {
  '42': 'Baseline',
  '4d': 'Main',
  '58': 'Extended',
  '64': 'High',
  '6e': 'High 10',
  '7a': 'High 4:2:2',
  f4: 'High 4:4:4 Predictive',
};

function profileOf(parameters: string | null): string {
  const h264 = /^avc[13]\.([0-9a-f]{2})([0-9a-f]{2})/i.exec(parameters ?? '');
  if (!h264) return parameters ?? 'unknown';
  const constrained = h264[1] === '42' && (Number.parseInt(h264[2]!, 16) & 0x40) !== 0;
  return (constrained ? 'Constrained ' : '') + (h264Profiles[h264[1]!.toLowerCase()] ?? parameters);
}
