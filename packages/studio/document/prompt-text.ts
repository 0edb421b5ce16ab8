import { readPrompt, readTokens } from '@refreel/core/dialects';
import { type Reference, showPrompt, writeNamedMention } from '@refreel/core/model';
import type { ProjectShot } from './project.ts';

/** The texts with every mention of a renamed reference written by its new name. */
export function renameInShots(
  shots: readonly ProjectShot[],
  before: readonly Reference[],
  after: readonly Reference[],
  id: string,
): ProjectShot[] {
  return shots.map((shot) => ({ ...shot, prompt: renameInText(shot.prompt, before, after, id) }));
}

function renameInText(text: string, before: readonly Reference[], after: readonly Reference[], id: string): string {
  const old = before.find((one) => one.id === id)?.name.toLowerCase() ?? '';
  let written = '';
  let from = 0;
  for (const { start, end, reference, media } of readTokens(text, before, null)) {
    // A vendor's tag goes by the order, not by the name.
    const named = text.slice(start + 1, start + 1 + old.length).toLowerCase() === old;
    if (reference?.id !== id || !named) continue;
    const mention = media === undefined ? { mention: id } : { mention: id, media };
    written += text.slice(from, start) + writeNamedMention(mention, after);
    from = end;
  }
  return written + text.slice(from);
}

/**
 * A text that was pasted, with the tags of any vendor that point at a reference written as names: from then on they stay with their reference,
 * whatever the order becomes. `syntax` is that of the chosen model.
 */
export function bindTags(text: string, references: readonly Reference[], syntax: string | null, whole = text): string {
  if (references.length === 0) return text;
  return showPrompt(readPrompt(text, references, syntax, { whole }).prompt, references);
}
