import { inspect } from 'node:util';
import type { Dialect } from '@refreel/core/dialects';

/** An account's key; empty where its server wants none. Whatever prints, logs or serialises it shows three dots: only the headers of a request to its account hold it. */
export class AccountKey {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The headers by which the vendor knows the account. For its own origin only. */
  headers({ key }: Pick<Dialect, 'key'>): Readonly<Record<string, string>> {
    return this.#text === '' ? {} : key.write(this.#text);
  }

  /** The text without the key, wherever it stands in it: vendors repeat keys in their errors. */
  hide(text: string): string {
    return this.#text === '' ? text : text.replaceAll(this.#text, hidden);
  }

  /** What tells it apart from another key, made by a function that does not give it back. */
  mark(by: (key: string) => string): string {
    return by(this.#text);
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}

const hidden = '…';
