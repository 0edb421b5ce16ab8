import { readPrompt } from '@refreel/core/dialects';
import { type Card, type Prompt, type Reference, showPrompt } from '@refreel/core/model';
import { beginStep, changeShot, useProject } from '../../document/project-store.ts';

/** A shot's text as core reads it, and a way to write one that core has made. */
export interface ReadShot {
  readonly text: string;
  readonly prompt: Prompt;
  readonly references: readonly Reference[];
  /** A step of its own. */
  put(prompt: Prompt): void;
}

export function useShotPrompt(index: number, card: Card | undefined): ReadShot {
  const references = useProject(({ request }) => request.references);
  const text = useProject(({ request }) => request.shots[index]?.prompt ?? '');
  const whole = useProject(({ request }) => request.shots.map(({ prompt }) => prompt).join('\n'));
  return {
    text,
    references,
    prompt: readPrompt(text, references, card?.prompt.mentions ?? null, { whole }).prompt,
    put(prompt) {
      beginStep();
      changeShot(index, { prompt: showPrompt(prompt, references) });
    },
  };
}
