import type { Reference } from '@refreel/core/model';

/** A mention that is being typed: where its sign stands, and what follows it up to the caret. */
export interface MentionQuery {
  readonly start: number;
  readonly typed: string;
}

/** The mention that the caret stands in, if any: behind "@" or "＠" without a space between. An address such as a@b is none. */
export function queryAt(text: string, caret: number): MentionQuery | undefined {
  const found = /(?:^|[^\p{Script=Latin}\p{N}_@＠])[@＠]([\p{L}\p{M}\p{N}_-]{0,40})$/u.exec(text.slice(0, caret));
  if (found === null) return undefined;
  const typed = found[1] ?? '';
  return { start: caret - typed.length - 1, typed };
}

/** The references whose name holds what was typed; those that begin so first. */
export function matching(references: readonly Reference[], typed: string): Reference[] {
  const wanted = typed.toLowerCase();
  const place = ({ name }: Reference) => name.toLowerCase().indexOf(wanted);
  return references
    .filter((one) => place(one) !== -1)
    .toSorted((one, other) => Math.sign(place(one)) - Math.sign(place(other)));
}

/** The text with a mention of a reference in place of what was typed, and where the caret goes. */
export function insertMention(
  text: string,
  { start, typed }: MentionQuery,
  name: string,
): { text: string; caret: number } {
  const after = text.slice(start + 1 + typed.length);
  // A space keeps the name apart from what is typed next; where one stands already, none is added.
  const gap = /^[\s.,;:!?，。；：！？、）)]/u.test(after) ? '' : ' ';
  const written = `@${name}${gap}`;
  return { text: text.slice(0, start) + written + after, caret: start + written.length };
}
