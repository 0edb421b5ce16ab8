import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ChildEnded, openGuardedChild } from '../../processes/guarded-child.ts';
import { makeTemporaryFolder } from '../../processes/temporary-folder.ts';
import type { Sheet, Single, StillAnswer, StillQuestion } from './questions.ts';

const script = fileURLToPath(new URL('./child.ts', import.meta.url));
/** A sheet takes a second of one core; a film that takes so much longer was made to. A busy machine may take its time. */
const mostCpuSeconds = 60;
const mostSeconds = 120;
const mostMegabytes = 800;

/** Draws pictures of a film, wherever it comes from, in a process of its own. Undefined where it cannot be seen. */
export async function drawStills(file: string, wanted: Sheet | Single): Promise<Buffer | undefined> {
  const folder = await makeTemporaryFolder('stills');
  const child = openGuardedChild(script, folder, { memoryMegabytes: mostMegabytes, cpuSeconds: mostCpuSeconds });
  try {
    const question: StillQuestion = { ...wanted, file };
    const answer = await child.ask<StillAnswer>(question, { seconds: mostSeconds });
    return answer.ok ? Buffer.from(answer.picture, 'base64') : undefined;
  } catch (error) {
    if (error instanceof ChildEnded) return undefined;
    throw error;
  } finally {
    await child.close();
    await rm(folder, { recursive: true, force: true });
  }
}
