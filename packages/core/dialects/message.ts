/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * One part of a form, in the order in which it is sent. An empty file name or media type is that of the bytes that the handle stands for:
 * whoever sends them knows it.
 */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly fileName: string; readonly mediaType: string; readonly bytes: string };

/**
 * The body of a message. Bytes never enter core: a file is a handle that whoever sends or stores it understands (`asset:...`, a film's
 * id), in a form part as well.
 */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'form'; readonly parts: readonly FormPart[] }
  | { readonly kind: 'bytes'; readonly bytes: string; readonly mediaType: string };

/** A request on the wire. The path stands below the dialect's base address and starts with "/"; header names are small. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Absolute, in place of base address and path, where a vendor sends its clients elsewhere (its file store). No key goes there. */
  readonly address?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** An answer on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export const noBody: Body = { kind: 'none' };

/** A body of JSON. */
export function jsonBody(value: Json): Body {
  return { kind: 'json', value };
}

/** A header's value, whatever the case of its name. */
export function headerOf({ headers }: Pick<Ask, 'headers'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

/** The media type that a message says its body has: small letters, without parameters such as a charset. */
export function mediaTypeOf(message: Pick<Ask, 'headers'>): string | undefined {
  return headerOf(message, 'content-type')?.split(';')[0]?.trim().toLowerCase();
}
