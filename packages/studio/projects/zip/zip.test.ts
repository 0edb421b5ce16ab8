import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, crc32 as nodeCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { readZip, ZipError } from './read-zip.ts';
import { writeZip } from './write-zip.ts';

const textOf = async (blob: Blob | undefined) => new TextDecoder().decode(await blob?.arrayBuffer());
const sample = () =>
  writeZip([
    { name: 'project.json', content: new Blob(['{"雨":1}']) },
    { name: 'media/小猫.png', content: new Blob([new Uint8Array([0, 1, 2, 255])]) },
    { name: 'empty', content: new Blob([]) },
  ]);

test('the sum is that of zlib, whole and in parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes)).toBe(nodeCrc32(bytes));
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(nodeCrc32(bytes));
    }),
  );
});

test('what is written is read again, and twice the same bytes', async () => {
  const archive = await sample();
  const files = await readZip(archive);
  expect([...files.values()].map(({ name, bytes }) => [name, bytes])).toEqual([
    ['project.json', 9],
    ['media/小猫.png', 4],
    ['empty', 0],
  ]);
  expect(await textOf(await files.get('project.json')?.read())).toBe('{"雨":1}');
  expect(new Uint8Array(await (await files.get('media/小猫.png')!.read()).arrayBuffer())).toEqual(
    new Uint8Array([0, 1, 2, 255]),
  );
  expect(await (await sample()).bytes()).toEqual(await archive.bytes());
});

test("Python's zipfile finds nothing wrong with it", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'refreel-zip-'));
  try {
    execFileSync('python3', ['--version']);
  } catch {
    return context.skip('no python3 here');
  }
  try {
    const file = join(folder, 'project.zip');
    writeFileSync(file, await (await sample()).bytes());
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.namelist(), z.read("project.json").decode())';
    const said = execFileSync('python3', ['-X', 'utf8', '-c', script, file], { encoding: 'utf8' });
    expect(said.trim()).toBe(`None ['project.json', 'media/小猫.png', 'empty'] {"雨":1}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** An archive of one deflated file, as other programs write them, with a comment at its end. */
function deflated(text: string, says = text.length): Blob {
  const bytes = Buffer.from(text);
  const packed = deflateRawSync(bytes);
  const head = Buffer.alloc(30);
  const entry = Buffer.alloc(46);
  const end = Buffer.alloc(22);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(1, 26);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(nodeCrc32(bytes), 16);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(says, 24);
  entry.writeUInt16LE(1, 28);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(47, 12);
  end.writeUInt32LE(31 + packed.length, 16);
  end.writeUInt16LE(5, 20);
  return new Blob([head, 'x', packed, entry, 'x', end, 'hello']);
}

test('a file that another program packed is unpacked; one that lies about its size is refused', async () => {
  const [file] = (await readZip(deflated('rain '.repeat(100)))).values();
  expect(await textOf(await file?.read())).toBe('rain '.repeat(100));
  const [bomb] = (await readZip(deflated('0'.repeat(1_000_000), 10))).values();
  await expect(bomb?.read()).rejects.toMatchObject({ fault: 'damaged', file: 'x' });
});

test('what is damaged is refused, and nothing else is thrown', async () => {
  await expect(readZip(new Blob(['no archive']))).rejects.toThrow(ZipError);
  const whole = await (await sample()).bytes();
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, by, cut) => {
      const bytes = cut ? whole.slice(0, at) : whole.map((byte, index) => (index === at ? byte ^ by : byte));
      try {
        for (const file of (await readZip(new Blob([bytes]))).values()) await file.read();
      } catch (error) {
        expect(error).toBeInstanceOf(ZipError);
      }
    }),
    { numRuns: 300 },
  );
});
