/** A word of its own for each order, in letters: what stands in a prompt must not be read as a number. */
export function wordOf(number: number): string {
  const letters = 'abcdefghij';
  return `w${[...String(number)].map((digit) => letters[Number(digit)]).join('')}q`;
}

/** The word of the order that a text is of. */
export function wordIn(text: string): string | undefined {
  return /\bw[a-j]{1,6}q\b/.exec(text)?.[0];
}
