import type { Request } from '../../model/index.ts';
import { expandPrompt } from '../../model/prompt/expand.ts';

/** Sentences that were added to the prompt of one shot, because the request asked for it. */
export interface AddedWords {
  /** Index of the request's shot. */
  readonly shot: number;
  readonly sentences: readonly string[];
}

/** The request as it is planned: with `expand`, each prompt filled up to the documented pattern; what was added is told. */
export function expandShots(request: Request): { request: Request; added: AddedWords[] } {
  if (request.expand !== true) return { request, added: [] };
  const added: AddedWords[] = [];
  const shots = request.shots.map((one, shot) => {
    const { prompt, added: sentences } = expandPrompt(one.prompt, request.references);
    if (sentences.length > 0) added.push({ shot, sentences });
    return { ...one, prompt };
  });
  return { request: { ...request, shots }, added };
}
