import { findCard } from '@refreel/core/catalog';
import { readPrompt } from '@refreel/core/dialects';
import { type Film, problem, type Request } from '@refreel/core/model';
import { done, type Outcome, refused } from '../assets/index.ts';
import { findGeneration, type GenerationName, type WholeGeneration } from '../store/index.ts';
import type { Caller, Submission } from './service.ts';
import type { MediaRoom } from './settle-media.ts';
import { sourceProblem } from './submit.ts';

/**
 * The request that a remix comes to: everything of its source but the words, which become one shot of the same length. `names` as for
 * `readPrompt`: a vendor's own wire knows nothing of them.
 */
export async function remixRequest(
  room: MediaRoom,
  caller: Caller,
  name: GenerationName,
  { prompt, names }: { readonly prompt: string; readonly names: boolean },
  filmOf: (generation: WholeGeneration) => Promise<Film | undefined>,
): Promise<Outcome<Pick<Submission, 'request' | 'notes'>>> {
  const source = await findGeneration(room.connection, caller.workspace, name);
  const asked = 'id' in name ? name.id : name.publicId;
  const wrong =
    source === undefined
      ? problem('remix_source_missing', 'from', { found: asked })
      : await sourceProblem(room, caller, { from: source.id });
  const problems = wrong === undefined ? [] : [wrong];
  if (prompt.trim() === '') problems.push(problem('prompt_empty', 'prompt'));
  if (source === undefined || problems.length > 0) return refused(...problems);

  const { request } = source;
  const syntax = findCard(request.model)?.prompt.mentions ?? null;
  const { references, model } = request;
  const read = readPrompt(prompt, references, syntax, { path: 'prompt', whole: prompt, model, names });
  if (read.problems.length > 0) return refused(...read.problems);
  const untold = request.shots.every(({ seconds }) => seconds === undefined);
  const seconds = untold ? undefined : (await filmOf(source))?.seconds;
  const remixed: Request = {
    ...request,
    shots: [seconds === undefined ? { prompt: read.prompt } : { prompt: read.prompt, seconds }],
    from: source.id,
  };
  return done({ request: remixed, notes: read.notes });
}
