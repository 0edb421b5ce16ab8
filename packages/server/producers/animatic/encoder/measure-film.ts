import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import { AVERROR_EAGAIN, AVERROR_EOF, AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, FormatContext, Frame, Packet } from 'node-av/lib';
import { decodeFrames } from '../../../media/film/decode.ts';
import { soundRate } from './film-facts.ts';
import { paintSample, type SampleFilm } from './sample-film.ts';

/** Peak signal-to-noise ratio of every decoded frame against the sample's, in decibels. */
export async function likenesses(file: string, film: SampleFilm): Promise<number[]> {
  const decibels: number[] = [];
  for await (const frame of decodeFrames(file)) {
    const shown = frame.pixels();
    const painted = new Uint8Array(shown.length);
    paintSample(film, decibels.length, painted);
    let squares = 0;
    for (let index = 0; index < shown.length; index += 1) squares += (shown[index]! - painted[index]!) ** 2;
    decibels.push(10 * Math.log10((255 * 255 * shown.length) / squares));
  }
  return decibels;
}

/** Facts about the video track's packets that no header tells. */
export interface PictureTrackFacts {
  /** Numbers of the frames, in the order in which they are shown, that are IDR pictures in the bit stream itself. */
  readonly idrFrames: readonly number[];
  readonly colour: VideoColorSpaceInit;
  /** Seconds at which each frame is shown. */
  readonly times: readonly number[];
}

/** Reads the packets of a film's pictures. */
export async function pictureTrackFacts(file: string): Promise<PictureTrackFacts> {
  using input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  const track = (await input.getPrimaryVideoTrack())!;
  const packets: { seconds: number; idr: boolean }[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    packets.push({ seconds: packet.timestamp, idr: holdsIdr(packet.data) });
  }
  packets.sort((one, other) => one.seconds - other.seconds);
  return {
    idrFrames: packets.flatMap((packet, number) => (packet.idr ? [number] : [])),
    colour: await track.getColorSpace(),
    times: packets.map((packet) => packet.seconds),
  };
}

/** H.264 in MP4: units behind 32-bit lengths; type 5 is a slice of an IDR picture. */
function holdsIdr(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at + 4 < data.length; at += 4 + view.getUint32(at)) {
    if ((data[at + 4]! & 0x1f) === 5) return true;
  }
  return false;
}

/** The sound as a player hears it: after the encoder's delay has been taken off. */
export async function decodeSound(file: string): Promise<{ left: Float32Array; right: Float32Array }> {
  await using input = new FormatContext();
  FFmpegError.throwIfError(await input.openInput(`file:${file}`), 'open');
  FFmpegError.throwIfError(await input.findStreamInfo(), 'read streams');
  const index = input.findBestStream(AVMEDIA_TYPE_AUDIO);
  const stream = input.streams[index]!;
  using context = new CodecContext();
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  context.allocContext3(codec);
  context.parametersToContext(stream.codecpar);
  context.pktTimebase = stream.timeBase;
  FFmpegError.throwIfError(await context.open2(codec), 'open decoder');
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  const left: number[] = [];
  const right: number[] = [];
  for (let more = true; more; packet.unref()) {
    more = (await input.readFrame(packet)) !== AVERROR_EOF;
    if (more && packet.streamIndex !== index) continue;
    FFmpegError.throwIfError(await context.sendPacket(more ? packet : null), 'decode');
    for (;;) {
      const result = await context.receiveFrame(frame);
      if (result === AVERROR_EAGAIN || result === AVERROR_EOF) break;
      FFmpegError.throwIfError(result, 'decode');
      const [one, other] = frame.extendedData!.map(
        (plane) => new Float32Array(plane.buffer, plane.byteOffset, frame.nbSamples),
      );
      left.push(...one!);
      right.push(...other!);
      frame.unref();
    }
  }
  return { left: Float32Array.from(left), right: Float32Array.from(right) };
}

/** How loud one frequency is in a sound, 0 to 1: the amplitude of that sine in it. */
export function loudness(sound: Float32Array, hertz: number): number {
  let cosine = 0;
  let sine = 0;
  sound.forEach((value, index) => {
    const angle = (2 * Math.PI * hertz * index) / soundRate;
    cosine += value * Math.cos(angle);
    sine += value * Math.sin(angle);
  });
  return (2 * Math.hypot(cosine, sine)) / sound.length;
}
