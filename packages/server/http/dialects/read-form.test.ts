import type { FormPart } from '@refreel/core/dialects';
import { Refusal } from '@refreel/core/model';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readForm } from './read-form.ts';

interface Read {
  readonly parts: readonly FormPart[];
  readonly files: readonly Buffer[];
}

async function read(body: Buffer, contentType: string, cut: number, fieldBytes = 10_000): Promise<Read> {
  const files: Buffer[] = [];
  async function* pieces() {
    for (let at = 0; at < body.length; at += cut) yield body.subarray(at, at + cut);
  }
  const parts = await readForm(pieces(), {
    contentType,
    fieldBytes,
    async keepFile(_, bytes) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      files.push(Buffer.concat(chunks));
      return `file:${files.length - 1}`;
    },
  });
  return { parts, files };
}

async function formOf(fields: readonly (readonly [string, string | Blob, string?])[]) {
  const form = new FormData();
  for (const [name, value, fileName] of fields)
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, fileName);
  const sent = new Response(form);
  return { body: Buffer.from(await sent.arrayBuffer()), type: sent.headers.get('content-type')! };
}

test('what a form holds is read in its order, however its bytes are cut', async () => {
  const bytes = Buffer.from('\r\n--x\r\n\0\xff-- not the border \r\n', 'latin1');
  const { body, type } = await formOf([
    ['prompt', '雨。\r\n"quoted"'],
    ['image_list[][image]', 'https://e/a.png'],
    ['file', new Blob([bytes], { type: 'image/png' }), 'a "cat".png'],
    ['after', ''],
  ]);
  for (const cut of [1, 2, 3, 7, 64, body.length]) {
    const { parts, files } = await read(body, type, cut);
    expect(parts).toEqual([
      { name: 'prompt', value: '雨。\r\n"quoted"' },
      { name: 'image_list[][image]', value: 'https://e/a.png' },
      { name: 'file', fileName: 'a "cat".png', mediaType: 'image/png', bytes: 'file:0' },
      { name: 'after', value: '' },
    ]);
    expect(files).toEqual([bytes]);
  }
});

test('any bytes come through', async () => {
  const field = fc.tuple(
    fc.stringMatching(/^[\w[\]]{1,20}$/),
    fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\r\n|\r|\n/g, '\r\n').replaceAll('\0', '')),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => new Blob([new Uint8Array(bytes)])),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(field, { maxLength: 6 }), fc.integer({ min: 1, max: 90 }), async (fields, cut) => {
      const { body, type } = await formOf(fields.map(([name, value]) => [name, value, 'f.bin'] as const));
      const { parts, files } = await read(body, type, cut);
      const given = fields.filter(([, value]) => typeof value !== 'string').map(([, value]) => value as Blob);
      expect(parts.map(({ name }) => name)).toEqual(fields.map(([name]) => name));
      expect(parts.flatMap((part) => ('value' in part ? part.value : []))).toEqual(
        fields.flatMap(([, value]) => (typeof value === 'string' ? value : [])),
      );
      expect(files).toEqual(await Promise.all(given.map(async (blob) => Buffer.from(await blob.arrayBuffer()))));
    }),
    { numRuns: 200 },
  );
});

describe('what other clients write', () => {
  const border = 'multipart/form-data; charset=utf-8; boundary="a b"';
  const written = (header: string, value = 'v') =>
    Buffer.from(`preamble\r\n--a b\r\n${header}\r\n\r\n${value}\r\n--a b--\r\nepilogue`);
  it.each<[string, string, object]>([
    ['a name without quotes', 'Content-Disposition: form-data; name=key', { name: 'key', value: 'v' }],
    ['small letters', 'content-type: text/plain\r\ncontent-disposition: form-data; name="key"', { name: 'key' }],
    [
      'a name of a file in RFC 5987',
      'Content-Disposition: form-data; name="file"; filename*=utf-8\'\'%E7%8C%AB.png',
      { fileName: '猫.png', mediaType: 'application/octet-stream' },
    ],
    [
      'a folder',
      'Content-Disposition: form-data; name="file"; filename="C:\\\\pictures\\\\cat.png"\r\nContent-Type: image/png; x=y',
      { fileName: 'cat.png', mediaType: 'image/png' },
    ],
  ])('%s', async (_, header, expected) => {
    expect((await read(written(header), border, 5)).parts).toMatchObject([expected]);
  });

  it.each<[string, string, Buffer]>([
    ['no boundary', 'multipart/form-data', written('Content-Disposition: form-data; name="a"')],
    ['another boundary', 'multipart/form-data; boundary=zz', written('Content-Disposition: form-data; name="a"')],
    ['nothing', border, Buffer.alloc(0)],
    ['no name', border, written('Content-Disposition: form-data')],
    ['no header', border, written('')],
    ['no end', border, written('Content-Disposition: form-data; name="a"').subarray(0, 70)],
    ['a border that goes on', border, Buffer.from('--a bc\r\n\r\n')],
    ['NUL', border, written('Content-Disposition: form-data; name="a"', '\0')],
    [
      'no UTF-8',
      border,
      Buffer.concat([
        written('Content-Disposition: form-data; name="a"', '').subarray(0, -24),
        Buffer.from([255, 13, 10]),
        Buffer.from('--a b--'),
      ]),
    ],
    ['a field beyond the limit', border, written('Content-Disposition: form-data; name="a"', 'v'.repeat(20_000))],
    ['an endless header', border, written(`X: ${'y'.repeat(20_000)}`)],
    [
      'parts without end',
      border,
      Buffer.from('--a b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(600)),
    ],
  ])('%s is refused', async (_, type, body) => {
    for (const cut of [11, 100_000]) await expect(read(body, type, cut), `cut ${cut}`).rejects.toBeInstanceOf(Refusal);
  });
});
