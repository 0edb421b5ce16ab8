import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FitTarget } from '@refreel/core/model';
import { ChildEnded, openGuardedChild } from '../../processes/guarded-child.ts';
import { makeTemporaryFolder } from '../../processes/temporary-folder.ts';
import type { FitAnswer, FitQuestion } from './questions.ts';

const script = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Half a minute of film at 1080p takes about as long on two busy cores; one that takes so much longer was made to. Ours. */
const mostSeconds = 300;
/** A picture of 100 megapixels, decoded and scaled. */
const mostMegabytes = 1500;

/**
 * Makes a stored medium fit, in a process of its own. `into` is an absolute path that is free; what stands there afterwards counts only
 * where the answer is ok, and has to be measured like any medium of unknown origin. @throws the signal's reason
 */
export async function fitMedium(file: string, into: string, to: FitTarget, signal?: AbortSignal): Promise<FitAnswer> {
  signal?.throwIfAborted();
  const folder = await makeTemporaryFolder('fit');
  const child = openGuardedChild(script, folder, { memoryMegabytes: mostMegabytes, cpuSeconds: 2 * mostSeconds });
  const stop = () => void child.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const question: FitQuestion = { file, into, to };
    const answer = await child.ask<FitAnswer>(question, { seconds: mostSeconds });
    if (!answer.ok) await rm(into, { force: true });
    return answer;
  } catch (error) {
    await rm(into, { force: true });
    signal?.throwIfAborted();
    if (!(error instanceof ChildEnded)) throw error;
    const code = error.end.why === 'timeout' ? 'media_timeout' : 'media_corrupt';
    return { ok: false, refusal: { code, ...(code === 'media_timeout' && { unit: 'seconds', limit: mostSeconds }) } };
  } finally {
    signal?.removeEventListener('abort', stop);
    await child.close();
    await rm(folder, { recursive: true, force: true });
  }
}
