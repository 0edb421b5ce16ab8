/** One event of a `text/event-stream`, as the HTML standard defines it. */
export interface SentEvent {
  /** The last id that the stream named, in this event or before; empty if none. */
  readonly id: string;
  /** "message" where the stream names none. */
  readonly event: string;
  readonly data: string;
}

/** Reads a stream piece by piece, wherever it was cut. */
export interface EventParser {
  /** The events that this piece completes. */
  push(piece: string): SentEvent[];
  /** Milliseconds that the stream asks to wait before it is asked again; undefined if it does not. */
  retryMilliseconds(): number | undefined;
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation (2026-11-20) */
export function openEventParser(): EventParser {
  let rest = '';
  let begun = false;
  let [id, event] = ['', ''];
  let data: string[] = [];
  let retry: number | undefined;

  const readLine = (line: string): SentEvent | undefined => {
    if (line === '') {
      const found = data.length === 0 ? undefined : { id, event: event || 'message', data: data.join('\n') };
      [event, data] = ['', []];
      return found;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
    return undefined;
  };

  return {
    retryMilliseconds: () => retry,
    push(piece) {
      rest += piece;
      if (!begun && rest !== '') {
        begun = true;
        rest = rest.replace(/^\uFEFF/, '');
      }
      const found: SentEvent[] = [];
      let start = 0;
      for (const end of rest.matchAll(/\r\n|\n|\r/g)) {
        // A CR at the end of a piece may be half of a CRLF.
        if (end[0] === '\r' && end.index === rest.length - 1) break;
        const one = readLine(rest.slice(start, end.index));
        if (one !== undefined) found.push(one);
        start = end.index + end[0].length;
      }
      rest = rest.slice(start);
      return found;
    },
  };
}
