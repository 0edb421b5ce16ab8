import { expect, test } from 'vitest';
import { openEventParser, type SentEvent } from './event-parser.ts';

const stream = [
  '\uFEFFretry: 1500\n\n',
  ': a comment\n\n',
  'id: 1\nevent: film\ndata: {"a":1}\n\n',
  'data: two\r\ndata:  lines\r\n\r\n',
  'id\rdata\r\r',
  'id: 7\0\nunknown: x\nevent: none\n\n',
  ':\ndata:雨🎬\n\n',
  'data: cut off',
].join('');

const wanted: SentEvent[] = [
  { id: '1', event: 'film', data: '{"a":1}' },
  { id: '1', event: 'message', data: 'two\n lines' },
  { id: '', event: 'message', data: '' },
  { id: '', event: 'message', data: '雨🎬' },
];

/** The events of a stream that arrives as these bytes, in pieces of a size. */
function read(bytes: Uint8Array, size: number): { events: SentEvent[]; retry: number | undefined } {
  const parser = openEventParser();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const events: SentEvent[] = [];
  for (let at = 0; at < bytes.length; at += size)
    events.push(...parser.push(decoder.decode(bytes.subarray(at, at + size), { stream: true })));
  return { events, retry: parser.retryMilliseconds() };
}

test('a stream reads the same wherever it is cut: every line end, comments, BOM, fields without a value', () => {
  const bytes = new TextEncoder().encode(stream);
  for (let size = 1; size <= bytes.length; size += 1)
    expect(read(bytes, size), `pieces of ${size}`).toEqual({ events: wanted, retry: 1500 });
});

test('an event that is not over is not told, and a CRLF that was cut in two is one line end', () => {
  const parser = openEventParser();
  expect(parser.push('data: a\r')).toEqual([]);
  expect(parser.push('\n\r')).toEqual([]);
  expect(parser.push('\ndata: b\n')).toEqual([{ id: '', event: 'message', data: 'a' }]);
  expect(parser.push('\n')).toEqual([{ id: '', event: 'message', data: 'b' }]);
});
