/** Characters without a shape; the canvas refuses a text with a zero in it. */
const controls = /\p{Cc}/gu;

/** What a Chinese font sets in a full square, and what stands for it among narrow letters. */
const wideMarks = new Map(Object.entries({ '“': '"', '”': '"', '‘': "'", '’': "'", '…': '...' }));

const square = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** Latin letters that are not one of 26 with a mark. */
const baseLetters = new Map(
  Object.entries({ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ħ: 'h', Ħ: 'H', ı: 'i', ŋ: 'n', Ŋ: 'N', ə: 'e' }),
);

/** A full-width letter is as wide as the sign for a missing one, and is not missing. */
const narrowLatin = /(?![\uff00-\uffef])\p{Script=Latin}/u;

/** Has no glyph in any font. */
const nowhere = '\u{10ffff}';

/**
 * A line as the font can set it well: Chinese quotation marks only beside Chinese, and a Latin letter that the font lacks without its
 * mark, which reads better than an empty box.
 */
export function settable(line: string, widthOf: (text: string) => number): string {
  const letters = [...line.replace(controls, ' ').normalize('NFC')];
  const missing = widthOf(nowhere);
  return letters
    .map((letter, index) => {
      const narrow = wideMarks.get(letter);
      if (narrow !== undefined) return besideSquare(letters, index) ? letter : narrow;
      if (!narrowLatin.test(letter) || widthOf(letter) !== missing) return letter;
      return baseLetters.get(letter) ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
    })
    .join('');
}

function besideSquare(letters: readonly string[], index: number): boolean {
  return [letters[index - 1], letters[index + 1]].some((letter) => letter !== undefined && square.test(letter));
}
