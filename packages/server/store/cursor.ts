/** Where a list goes on: opaque to callers. */
export type Cursor = string;

/** Part of a list; `cursor` is there while there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: Cursor;
}

/** A caller gave a cursor that no list of ours handed out. */
export class CursorError extends Error {
  constructor() {
    super('not a cursor of this list');
    this.name = 'CursorError';
  }
}

export function encodeCursor(...parts: readonly string[]): Cursor {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws CursorError for what `encodeCursor` did not make. */
export function decodeCursor(cursor: Cursor, length: number): string[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new CursorError();
  }
  const readable = Array.isArray(parts) && parts.length === length && parts.every(isPlain);
  if (!readable) throw new CursorError();
  return parts as string[];
}

function isPlain(part: unknown): boolean {
  return typeof part === 'string' && /^[\w:.+ -]{1,64}$/.test(part);
}
