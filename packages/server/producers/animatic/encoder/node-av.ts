import type { Frame } from 'node-av/lib';
import type { Encoder, FilmFormat } from './encoder.ts';
import { soundRate } from './film-facts.ts';
import { check, loadNodeAv, type NodeAv, openFilm, type Track } from './node-av-tracks.ts';
import { type EncodeJob, type EncoderDrive, openSession } from './session.ts';

/**
 * FFmpeg as a library in this process. Frames are read in the caller's memory (of WebAssembly too, as long as that is not grown
 * meanwhile) on a thread of Node's pool, while the caller paints the next one. Its binary holds GPL parts: it may be run, not
 * shipped.
 */
export const nodeAvEncoder: Encoder = {
  name: 'node-av',
  open: (file, format, settings) => openSession({ file, format, settings }, startDrive),
};

async function startDrive(job: EncodeJob): Promise<EncoderDrive> {
  const av = await loadNodeAv(job.file);
  const { constants } = av;
  av.Log.setLevel(constants.AV_LOG_FATAL);
  const { muxer, video, audio } = await openFilm(av, job);
  const packet = new av.Packet();
  packet.alloc();
  const frame = pictureFrame(av, job.format);
  const idrFrames = new Set(job.settings.keyframes);
  let encoding: Promise<void> = Promise.resolve();
  let sounding: Promise<void> = Promise.resolve();
  let soundFailure: { readonly error: unknown } | undefined;
  let stopped = false;
  let released: Promise<void> | undefined;

  /** Gives a track a frame, or its end, and moves whatever is ready into the file. */
  async function encode(track: Track, frame: Frame | null): Promise<void> {
    check(av, await track.codec.sendFrame(frame), 'encode frame');
    for (;;) {
      const result = track.codec.receivePacketSync(packet);
      if (result === constants.AVERROR_EAGAIN || result === constants.AVERROR_EOF) return;
      check(av, result, 'take packet');
      packet.streamIndex = track.stream.index;
      // x264 gives no durations, and the last frame's is part of the film's length.
      if (track === video) packet.duration = 1n;
      packet.rescaleTs(track.tick, track.stream.timeBase);
      check(av, muxer.interleavedWriteFrameSync(packet), 'write packet');
      packet.unref();
    }
  }

  async function encodeSound(track: Track, left: Float32Array, right: Float32Array): Promise<void> {
    const block = track.codec.frameSize;
    for (let start = 0; start < left.length && !stopped; start += block) {
      const frame = soundFrame(av, left, right, start, Math.min(left.length, start + block));
      try {
        await encode(track, frame);
      } finally {
        frame.free();
      }
    }
    await encode(track, null);
  }

  async function complete(): Promise<void> {
    await encode(video, null);
    await sounding;
    if (soundFailure) throw soundFailure.error;
    check(av, await muxer.writeTrailer(), 'write index');
  }

  async function release(): Promise<void> {
    stopped = true;
    // Contexts must not be freed under a thread that works with them.
    await Promise.allSettled([encoding, sounding]);
    await muxer.closeOutput();
    muxer.freeContext();
    for (const track of [video, audio]) track?.codec.freeContext();
    frame.free();
    packet.free();
  }

  return {
    async video(i420, number) {
      if (soundFailure) throw soundFailure.error;
      // Points the frame at the bytes, copies nothing.
      const bytes = Buffer.from(i420.buffer as ArrayBuffer, i420.byteOffset, i420.byteLength);
      check(av, frame.fromBuffer(bytes), 'take frame');
      frame.pts = BigInt(number);
      frame.pictType = idrFrames.has(number) ? constants.AV_PICTURE_TYPE_I : constants.AV_PICTURE_TYPE_NONE;
      encoding = encode(video, frame);
      await encoding;
    },
    audio(left, right) {
      if (!audio) return;
      sounding = encodeSound(audio, left, right).catch((error: unknown) => {
        soundFailure = { error };
      });
    },
    async finish() {
      encoding = complete();
      await encoding;
      released ??= release();
      await released;
    },
    stop() {
      released ??= release();
      return released;
    },
  };
}

function pictureFrame(av: NodeAv, format: FilmFormat): Frame {
  const frame = new av.Frame();
  frame.alloc();
  frame.width = format.width;
  frame.height = format.height;
  frame.format = av.constants.AV_PIX_FMT_YUV420P;
  check(av, frame.allocBuffer(), 'allocate frame');
  return frame;
}

function soundFrame(av: NodeAv, left: Float32Array, right: Float32Array, start: number, end: number): Frame {
  const planes = new Float32Array((end - start) * 2);
  planes.set(left.subarray(start, end));
  planes.set(right.subarray(start, end), end - start);
  return av.Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
    nbSamples: end - start,
    format: av.constants.AV_SAMPLE_FMT_FLTP,
    sampleRate: soundRate,
    channelLayout: av.constants.AV_CHANNEL_LAYOUT_STEREO,
    timeBase: { num: 1, den: soundRate },
    pts: BigInt(start),
  });
}
