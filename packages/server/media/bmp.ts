import * as C from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { decoding, setDecoderLimits } from './decoding.ts';
import type { Rgba } from './rgba.ts';
import { scaleFrame } from './scale-frame.ts';

/** Decodes a BMP, which libvips does not read, with FFmpeg's decoder: no demuxer, the file is the one packet. Throws `MediaRefused`. */
export function decodeBmp(bytes: Buffer, mostPixels: number): Rgba {
  const codec = Codec.findDecoder(C.AV_CODEC_ID_BMP);
  if (!codec) throw new Error('the decoder for BMP is missing');
  const context = new CodecContext();
  const packet = new Packet();
  const frame = new Frame();
  try {
    context.allocContext3(codec);
    setDecoderLimits(context, mostPixels, 1);
    decoding(context.open2Sync(codec, null));
    packet.alloc();
    packet.data = bytes;
    frame.alloc();
    decoding(context.sendPacketSync(packet));
    decoding(context.receiveFrameSync(frame));
    const { width, height } = frame;
    return { width, height, data: scaleFrame(frame, width, height, 'rgba') };
  } finally {
    frame.free();
    packet.free();
    context.freeContext();
  }
}
