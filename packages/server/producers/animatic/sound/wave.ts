import { mixRate } from '@refreel/core/mixing';

const headerBytes = 44;

/** Mono samples at `mixRate`, -1 to 1, as a WAV file of 16 bits. What is louder is cut off, as any converter does. */
export function encodeWave(samples: Float32Array): Buffer<ArrayBuffer> {
  const bytes = samples.length * 2;
  const wave = Buffer.alloc(headerBytes + bytes);
  wave.write('RIFF', 0, 'latin1');
  wave.writeUInt32LE(headerBytes - 8 + bytes, 4);
  wave.write('WAVEfmt ', 8, 'latin1');
  wave.writeUInt32LE(16, 16);
  // PCM, one channel.
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(mixRate, 24);
  wave.writeUInt32LE(mixRate * 2, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36, 'latin1');
  wave.writeUInt32LE(bytes, 40);
  for (const [index, sample] of samples.entries())
    wave.writeInt16LE(Math.round(Math.min(Math.max(sample, -1), 1) * 32_767), headerBytes + index * 2);
  return wave;
}
