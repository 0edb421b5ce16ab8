import { mixRate } from '@refreel/core/mixing';
import { expect, test } from 'vitest';
import { encodeWave } from '../../server/producers/animatic/sound/wave.ts';
import { decodeWave } from './film-sound.ts';

test('a line comes out of its file as it went in', () => {
  const line = Float32Array.from({ length: 4801 }, (_, at) => 0.8 * Math.sin((2 * Math.PI * 440 * at) / mixRate));
  const read = decodeWave(new Uint8Array(encodeWave(line)).buffer);
  expect(read.length).toBe(line.length);
  expect(Math.max(...read.map((sample, at) => Math.abs(sample - line[at]!)))).toBeLessThan(1 / 32_000);
  expect(decodeWave(new Uint8Array(encodeWave(new Float32Array(0))).buffer)).toHaveLength(0);
});

test('what is no such file is told', () => {
  const wave = new Uint8Array(encodeWave(new Float32Array(10)));
  const stereo = wave.with(22, 2);
  const slower = wave.with(25, 0);
  for (const bytes of [new Uint8Array(3), wave.with(0, 0), stereo, slower])
    expect(() => decodeWave(bytes.buffer)).toThrow('no WAV file');
});

test('a file that ends too early gives what is there', () => {
  const wave = new Uint8Array(encodeWave(new Float32Array(100)));
  expect(decodeWave(wave.slice(0, 44 + 60).buffer)).toHaveLength(30);
});
