/** Bytes of PostgreSQL's protocol (whole messages), or the wish to end. */
export type ToDatabase = Uint8Array | 'close';

/** What the thread of the database says. `broken` is its last word; it ends by itself after `closed`. */
export type FromDatabase =
  | { readonly kind: 'ready' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'closed' }
  | { readonly kind: 'broken'; readonly reason: string };
