import type { ReactNode } from 'react';

interface Token {
  readonly start: number;
  readonly end: number;
  readonly reference: unknown;
}

/** A text with its mentions marked: bound ones as names, others as mistakes. Letters keep their places. */
export function highlight(text: string, tokens: readonly Token[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { start, end, reference } of tokens) {
    parts.push(
      text.slice(from, start),
      <span key={start} className={reference === undefined ? 'mention unknown' : 'mention'}>
        {text.slice(start, end)}
      </span>,
    );
    from = end;
  }
  return [...parts, text.slice(from)];
}
