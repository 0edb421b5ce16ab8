import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DataRead, readBase64, readDataUri } from './data-uri.ts';
import { isRefusal } from './guarded-fetch.ts';

const limits = { bytes: 100 };
const text = (read: object) => (isRefusal(read) ? read.code : Buffer.from((read as DataRead).bytes).toString('latin1'));

test.each([
  ['data:image/png;base64,aGVsbG8=', 'image/png', 'hello'],
  ['DATA:Image/PNG;BASE64,aGVsbG8=', 'image/png', 'hello'],
  ['data:image/png;base64,aGVsbG8', 'image/png', 'hello'],
  ['data:image/png;base64,aGVsbG8%3D', 'image/png', 'hello'],
  ['data:image/png;base64,%2B%2f%2b/', 'image/png', '\xfb\xff\xbf'],
  ['data:video/mp4;codecs=avc1;base64,aGk=', 'video/mp4', 'hi'],
  ['data:image/png;base64,', 'image/png', ''],
  ['data:,hello', 'text/plain', 'hello'],
  ['data:;charset=utf-8,a,b', 'text/plain', 'a,b'],
  ['data:;base64,aGk=', 'text/plain', 'hi'],
  ['data:image/gif,%00%FFa%2525', 'image/gif', '\x00\xffa%25'],
])('%s is %s', (uri, claimedType, bytes) => {
  const read = readDataUri(uri, limits);
  expect(read).toMatchObject({ claimedType });
  expect(text(read)).toBe(bytes);
});

test.each([
  '',
  'data:',
  'data:image/png;base64',
  'http://films.example/',
  ' data:,x',
  'data:image/png;base64,aGVsbG8==',
  'data:image/png;base64,aGVsbG8=\n',
  'data:image/png;base64,aGVs bG8=',
  'data:image/png;base64,aGVsb',
  'data:image/png;base64,aGVsbG9=',
  'data:image/png;base64,a-_b',
  'data:image/png;base64,aGVs=bG8',
  'data:image/png;base64,====',
  'data:image/png;base64,%61%47',
  'data:image/png;base64,aGk=#end',
  'data:png;base64,aGk=',
  'data:image/png;charset,x',
  'data:image/png base64,x',
  `data:image/png;${'x'.repeat(400)},y`,
  'data:text/plain,a b',
  'data:text/plain,é',
  'data:text/plain,a#b',
  'data:text/plain,%',
  'data:text/plain,%4',
  'data:text/plain,%zz',
])('"%s" is refused', (uri) => {
  expect(readDataUri(uri, limits)).toMatchObject({ code: 'data_invalid', url: 'data:' });
});

test('the limit holds at its edge, in both forms', () => {
  const base64 = (length: number) => `data:image/png;base64,${Buffer.alloc(length).toString('base64')}`;
  expect(readDataUri(base64(100), limits)).toMatchObject({ claimedType: 'image/png' });
  expect(readDataUri(base64(101), limits)).toMatchObject({ code: 'too_large', unit: 'bytes', limit: 100, found: 101 });
  expect(readDataUri(`data:,${'a'.repeat(100)}`, limits)).toMatchObject({ claimedType: 'text/plain' });
  expect(readDataUri(`data:,${'a'.repeat(101)}`, limits)).toMatchObject({ code: 'too_large', found: 101 });
  expect(readDataUri(`data:,${'%61'.repeat(100)}`, limits)).toMatchObject({ claimedType: 'text/plain' });
  expect(readDataUri(`data:,${'%61'.repeat(101)}`, limits)).toMatchObject({ code: 'too_large', found: 101 });
});

test('a claim that is certainly wrong is refused before decoding', () => {
  const accept = ['image'] as const;
  expect(readDataUri('data:text/html,<p>', { bytes: 9, accept })).toMatchObject({
    code: 'content_type',
    found: 'text/html',
  });
  expect(readDataUri('data:video/mp4;base64,!', { bytes: 9, accept })).toMatchObject({ code: 'content_type' });
  expect(readDataUri('data:image/png;base64,aGk=', { bytes: 9, accept })).toMatchObject({ claimedType: 'image/png' });
});

test('what was written is read again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => {
      const base64 = Buffer.from(bytes).toString('base64');
      const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      for (const uri of [`data:image/png;base64,${base64}`, `data:image/png,${percent}`]) {
        expect(text(readDataUri(uri, limits))).toBe(Buffer.from(bytes).toString('latin1'));
      }
    }),
  );
});

test('any text is read or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (tail) => {
      for (const head of ['', 'data:', 'data:image/png;base64,', 'data:,']) readDataUri(head + tail, limits);
    }),
  );
});

test('tens of megabytes are no trouble', () => {
  const large = { bytes: 20_000_000 };
  const bytes = randomBytes(15_000_000);
  const base64 = readBase64(bytes.toString('base64'), large);
  expect(!isRefusal(base64) && bytes.equals(base64)).toBe(true);
  expect(readBase64(bytes.toString('base64url'), large)).toMatchObject({ code: 'data_invalid' });
  expect(readDataUri(`data:,${'a'.repeat(15_000_000)}`, large)).toMatchObject({ claimedType: 'text/plain' });
  expect(readDataUri(`data:,${'%61'.repeat(5_000_000)}`, large)).toMatchObject({ claimedType: 'text/plain' });
});
