import { expect, test } from 'vitest';
import { addressIn, fileNameIn, looksLikeFootage } from './address-in.ts';

test.each([
  [' https://example.com/a.png?x=1 \n', 'https://example.com/a.png?x=1'],
  ['# from a page\r\nhttp://example.com/b.mp4\r\n', 'http://example.com/b.mp4'],
  ['see https://example.com/a.png', undefined],
  ['https://', undefined],
  ['file:///etc/passwd', undefined],
  ['', undefined],
])('%j', (text, address) => {
  expect(addressIn(text)).toBe(address);
});

test('what an address says of its file', () => {
  expect(fileNameIn('https://example.com/x/mei.png?size=2')).toBe('mei.png');
  expect(fileNameIn('https://example.com/')).toBeUndefined();
  expect(['https://a.b/c.MP4?x', 'https://a.b/c.png?f=.mp4'].map(looksLikeFootage)).toEqual([true, false]);
});
