import { writeFile } from 'node:fs/promises';
import type { FitTarget } from '@refreel/core/model';
import { readSound, soundRate } from '../audio.ts';

type SoundTarget = Extract<FitTarget, { kind: 'audio' }>;

/** Writes a sound anew as 16-bit WAV, from its start. Throws `MediaRefused`. */
export async function fitSound(
  file: string,
  into: string,
  { seconds, sampleRate, channels }: SoundTarget,
): Promise<void> {
  const step = soundRate / sampleRate;
  if (!Number.isInteger(step)) throw new RangeError(`${sampleRate} samples a second are no part of ${soundRate}`);
  const { left, right } = await readSound(file, { seconds });
  const sides = channels === 2 ? [left, right] : [left.map((sample, index) => (sample + right[index]!) / 2)];
  const length = Math.floor(left.length / step);
  const data = Buffer.alloc(length * channels * 2);
  for (let index = 0; index < length; index += 1)
    for (const [side, samples] of sides.entries()) {
      // The mean of what a slower rate leaves out, so that its high tones do not come back as low ones.
      let sum = 0;
      for (let at = index * step; at < (index + 1) * step; at += 1) sum += samples[at]!;
      const value = Math.max(-1, Math.min(1, sum / step));
      data.writeInt16LE(Math.round(value * 32_767), (index * channels + side) * 2);
    }
  await writeFile(into, Buffer.concat([header(data.length, sampleRate, channels), data]));
}

/** RIFF, `fmt ` (PCM) and `data`: 44 bytes. */
function header(bytes: number, sampleRate: number, channels: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  return head;
}
