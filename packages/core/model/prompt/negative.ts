/**
 * The terms of a negative prompt, in order and each once: "blurry, no text；水印、低质量" names four things. A "no" or 不要 before a
 * term says what the field says already.
 */
export function readNegative(text: string): string[] {
  const terms: string[] = [];
  for (const piece of text.split(/[,，、;；\n]|[。.](?=\s|$)/u)) {
    const term = piece
      .trim()
      .replace(/^(?:(?:no|without|avoid)\s+|不要(?:有|出现)?|没有|避免(?:出现)?)/iu, '')
      .trim();
    if (term !== '' && !terms.some((other) => other.toLowerCase() === term.toLowerCase())) terms.push(term);
  }
  return terms;
}
