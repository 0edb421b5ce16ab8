import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildEnded, openGuardedChild } from '../../processes/guarded-child.ts';
import type { Sheet, SheetAnswer } from './questions.ts';

const script = fileURLToPath(new URL('./child.ts', import.meta.url));
/** A sheet takes a second; a film that takes so much longer was made to. */
const mostSeconds = 30;
const mostMegabytes = 800;

/** Draws pictures of a film, wherever it comes from, in a process of its own. WebP; undefined where it cannot be seen. */
export async function drawStills(file: string, sheet: Sheet): Promise<Buffer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'refreel-stills-'));
  const child = openGuardedChild(script, folder, { memoryMegabytes: mostMegabytes, cpuSeconds: 2 * mostSeconds });
  try {
    const answer = await child.ask<SheetAnswer>({ ...sheet, file }, { seconds: mostSeconds });
    return answer.ok ? Buffer.from(answer.webp, 'base64') : undefined;
  } catch (error) {
    if (error instanceof ChildEnded) return undefined;
    throw error;
  } finally {
    await child.close();
    await rm(folder, { recursive: true, force: true });
  }
}
