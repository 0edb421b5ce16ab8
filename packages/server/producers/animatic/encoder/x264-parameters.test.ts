import { expect, it } from 'vitest';
import { x264ParametersFor } from './x264-parameters.ts';

const always = '8x8dct=1:open-gop=0';

it.each([1280, 1920, 640, 1276])('leaves x264 its instructions at %i pixels, a multiple of 8 blocks', (width) => {
  expect(x264ParametersFor(width, { architecture: 'x64', avx512: true })).toBe(always);
});

it.each([854, 720, 1080, 320])('keeps x264 from AVX-512 at %i pixels, where its bytes do not repeat', (width) => {
  expect(x264ParametersFor(width, { architecture: 'x64', avx512: true })).toBe(`${always}:asm=AVX2,FMA3,BMI2`);
  expect(x264ParametersFor(width, { architecture: 'x64', avx512: false })).toBe(always);
  expect(x264ParametersFor(width, { architecture: 'x64', avx512: undefined })).toBe(`${always}:no-mbtree=1`);
  expect(x264ParametersFor(width, { architecture: 'arm64', avx512: undefined })).toBe(always);
});
