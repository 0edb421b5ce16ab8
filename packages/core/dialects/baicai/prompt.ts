import { z } from 'zod';
import type { Card, Note, Problem, Prompt, Reference, Request } from '../../model/index.ts';
import { samePrompt } from '../diff.ts';
import type { Json } from '../message.ts';
import { readPrompt } from '../read-prompt.ts';
import { type TextPrompt, writeTextPrompt } from '../text-prompt.ts';

/** What is kept of a request's wire: it goes on word for word where the vendor itself makes the film. */
const Echo = z.looseObject({ prompt: z.string() });

/** Reads a prompt as the vendor does: `@name` exactly as the list has it. A name that the list lacks is a problem. */
export function decodePrompt(
  text: string,
  references: readonly Reference[],
  card: Card,
): { prompt: Prompt; problems: Problem[]; notes: Note[] } {
  return readPrompt(text, references, card.prompt.mentions, {
    names: false,
    path: 'shots[0].prompt',
    model: card.id,
  });
}

/** Writes prompts and length. The text by which the request came is kept where it still says the same. */
export function encodePrompt(request: Request, card: Card, echo: Json | undefined): TextPrompt {
  const written = writeTextPrompt(request, card);
  const original = Echo.safeParse(echo).data?.prompt;
  const [only, ...others] = request.shots;
  if (original === undefined || only === undefined || others.length > 0) return written;
  const kept = decodePrompt(original, request.references, card);
  if (kept.problems.length > 0 || !samePrompt(only.prompt, kept.prompt)) return written;
  const notes = written.notes.filter(({ path }) => path !== 'shots[0].prompt');
  return { ...written, text: original, problems: [], notes };
}
