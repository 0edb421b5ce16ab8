import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildKernels } from './build.ts';

test('painter.wasm is what its sources give: run build.ts after a change in kernels/', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'painter-'));
  try {
    await buildKernels(join(folder, 'painter.wasm'));
    const committed = await readFile(new URL('painter.wasm', import.meta.url));
    expect(Buffer.compare(await readFile(join(folder, 'painter.wasm')), committed)).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
