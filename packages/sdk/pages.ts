import type { Page } from './answers.ts';
import type { Ask, Transport } from './transport.ts';

/** A list, one after the other, page by page behind the scenes. */
export async function* everyItem<Item>(
  page: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { items, cursor: next } = await page(cursor);
    yield* items;
    cursor = next;
  } while (cursor !== undefined);
}

/** How a list is asked for. */
export interface PageOptions {
  /** Items a page, 1 to 100; the server's default is 20. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** One page of a list. @throws RefreelError */
export function askPage<Item>(
  transport: Transport,
  path: string,
  query: NonNullable<Ask['query']>,
  signal: AbortSignal | undefined,
): Promise<Page<Item>> {
  return transport.json<Page<Item>>({ path, query, repeatable: true, signal }, ['items']);
}
