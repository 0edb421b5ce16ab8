/** Widths of Noto Sans Latin letters in ems, close enough to break lines by: the painter measures exactly when it sets them. */
function letterWidth(letter: string): number {
  if (/[\p{Script=Han}\u3000-\u303f\uff00-\uffef\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letter))
    return 1;
  if (/[ilI.,'|!:;]/.test(letter)) return 0.3;
  if (/[mwMW@%]/.test(letter)) return 0.9;
  if (/\p{Lu}/u.test(letter)) return 0.68;
  return letter === ' ' ? 0.27 : 0.56;
}

/** Width of a text in ems. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
}

/** Parts of a text that may not be broken: Latin words with their space, single Han characters with the punctuation that follows. */
function unbreakable(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}][\u3001\u3002\uff0c\uff01\uff1f\uff1b\uff1a\u201d\u2019\u300d]*|[^\s\p{Script=Han}]+\s*|\s+/gu,
    ) ?? []
  );
}

/** Breaks a text into lines of at most `most` ems, as evenly as the words allow. A single word that is longer stays whole. */
export function breakLines(text: string, most: number): string[] {
  const parts = unbreakable(text.trim());
  const lineCount = Math.max(1, Math.ceil(textWidth(text.trim()) / most));
  for (let lines = lineCount; ; lines += 1) {
    const broken = fillLines(parts, Math.min(most, (textWidth(text) / lines) * 1.12 + 0.6));
    if (broken.length <= lines || lines > lineCount + 2) return broken;
  }
}

function fillLines(parts: readonly string[], most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && textWidth((line + part).trimEnd()) > most) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? part.trimStart() : part;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
