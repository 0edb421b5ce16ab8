import { expect, test } from 'vitest';
import { readOwnAddress } from './own-address.ts';

const bases = ['http://127.0.0.1:8787', 'https://films.example/refreel'];
const hash = 'a'.repeat(64);

test.each([
  [`http://127.0.0.1:8787/v1/assets/${hash}`, { kind: 'asset', sha256: hash }],
  [`HTTP://127.0.0.1:8787/v1/assets/${hash}/content?x=1#y`, { kind: 'asset', sha256: hash }],
  [`https://films.example/refreel/v1/assets/${hash}`, { kind: 'asset', sha256: hash }],
  ['http://127.0.0.1:8787/v1/generations/gen_1/content', { kind: 'film', generationId: 'gen_1', index: 0 }],
  ['http://127.0.0.1:8787/v1/generations/gen_1/content?film=2', { kind: 'film', generationId: 'gen_1', index: 2 }],
  ['http://127.0.0.1:8787/v1/generations/gen_1/content?film=x', { kind: 'unknown' }],
  [
    'https://films.example/refreel/films/wsp_1/gen_1/3.mp4?signature=x',
    { kind: 'film', generationId: 'gen_1', index: 3 },
  ],
  [`http://127.0.0.1:8787/files/wsp_1/${hash}.png?expires=1&signature=x`, { kind: 'asset', sha256: hash }],
  ['http://127.0.0.1:8787/v1/generations/%/content', { kind: 'unknown' }],
  ['http://0x7f.1:8787/v1/keys', { kind: 'unknown' }],
  [`http://127.0.0.1:8788/v1/assets/${hash}`, undefined],
  [`https://127.0.0.1:8787/v1/assets/${hash}`, undefined],
  ['data:image/png;base64,AAAA', undefined],
  ['http://', undefined],
])('%s', (url, own) => {
  expect(readOwnAddress(url, bases)).toEqual(own);
});
