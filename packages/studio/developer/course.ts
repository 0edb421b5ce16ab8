import type { Ask, Json } from '@refreel/core/dialects';

/** Where something stands in JSON: names, and places in lists. */
export type Place = readonly (string | number)[];

/** How a program gets a film over one wire: everything that a snippet in any language is written from. */
export interface Course {
  /** The base address: "http://127.0.0.1:8787/venice/api/v1". */
  readonly base: string;
  /** How a key is sent. */
  readonly key: (key: string) => Readonly<Record<string, string>>;
  /** Asks for the film. */
  readonly create: WireAsk;
  /** Where the answer to that names the generation. */
  readonly id: Place;
  /** Looks how far it is; `idMark` stands for the id. */
  readonly look: WireAsk;
  /** Where the answer to a look says the state; the words that end it. */
  readonly state: { readonly at: Place; readonly done: string; readonly failed: readonly string[] };
  /** Where the film is: at an address in the last answer; it is the last answer itself; or at a path of its own. */
  readonly film:
    | { readonly is: 'address'; readonly at: Place }
    | { readonly is: 'answer' }
    | { readonly is: 'path'; readonly ask: WireAsk };
}

/** A message without bytes, as programs write it. */
export interface WireAsk {
  readonly method: Ask['method'];
  /** Below the base address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: 'none' }
    | { readonly kind: 'json'; readonly value: Json }
    | { readonly kind: 'form'; readonly fields: readonly { readonly name: string; readonly value: string }[] };
}

/** Stands for the id that is known only once the program runs. */
export const idMark = '{{id}}';

/** A text around the ids in it. */
export function aroundId(text: string): string[] {
  return text.split(idMark);
}

/** Where a value stands in JSON; undefined where it does not. */
export function placeOf(value: Json, wanted: Json): Place | undefined {
  if (value === wanted) return [];
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = placeOf(inner as Json, wanted);
    if (found !== undefined) return [Array.isArray(value) ? Number(key) : key, ...found];
  }
  return undefined;
}

/** What stands at a place in JSON. */
export function valueAt(value: Json | undefined, place: Place): Json | undefined {
  let found: unknown = value;
  for (const step of place) found = (found as Record<string | number, unknown> | undefined | null)?.[step];
  return found as Json | undefined;
}
