/** A text with words put in at a place, kept apart from what stands around them, and where the caret goes. */
export function insertWords(
  text: string,
  at: number,
  words: string,
): { readonly text: string; readonly caret: number } {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const inserted = gapBetween(before, words) + words + gapBetween(words, after);
  return { text: before + inserted + after, caret: before.length + inserted.length };
}

/** Chinese is written without spaces; a name is kept apart from what follows in any language. */
function gapBetween(left: string, right: string): string {
  if (left === '' || right === '' || /\s$/u.test(left) || /^[\s.,;:!?，。；：！？、）)]/u.test(right)) return '';
  const chinese = (text: string) => /\p{Script=Han}|[，。；：！？、]/u.test(text);
  const endsInName = /[@＠][\p{L}\p{M}\p{N}_-]+$/u.test(left);
  if (endsInName) return ' ';
  return chinese(left.slice(-1)) || chinese(right.slice(0, 1)) ? '' : ' ';
}
