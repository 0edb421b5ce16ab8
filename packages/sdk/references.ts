import type { AuthoredReference } from '@refreel/core/authoring';
import type { Reference } from '@refreel/core/model';
import type { Page } from './answers.ts';
import { makeId } from './make-id.ts';
import { askPage, everyItem, type PageOptions } from './pages.ts';
import type { Transport } from './transport.ts';

/** A reference that the workspace keeps, with its id and its media. */
export type SavedReference = Reference & {
  readonly description: string | null;
  readonly createdAt: string;
  /** Generations that were accepted with it: how many, and the ids of the newest ones. */
  readonly uses: { readonly count: number; readonly newest: readonly string[] };
};

/** A reference to be kept. Its media are assets: `asset:<sha256>`. */
export type NewReference = Omit<AuthoredReference, 'id' | 'saved' | 'name'> & {
  readonly name: string;
  readonly description?: string | undefined;
};

/** What of a kept reference can be changed. */
export interface ReferenceChange {
  /** Unique in the workspace. */
  readonly name?: string;
  /** Null takes it away. */
  readonly description?: string | null;
}

/** References to be used again: a request names one as `{ saved: id or name }`. Every call throws `RefreelError`. */
export interface References {
  save(reference: NewReference, options?: { readonly signal?: AbortSignal }): Promise<SavedReference>;
  get(id: string, options?: { readonly signal?: AbortSignal }): Promise<SavedReference>;
  /** Newest first, across all pages. */
  list(options?: PageOptions): AsyncGenerator<SavedReference, void, undefined>;
  /** One page of the list, for whoever shows pages. */
  page(options?: PageOptions & { readonly cursor?: string }): Promise<Page<SavedReference>>;
  change(id: string, change: ReferenceChange, options?: { readonly signal?: AbortSignal }): Promise<SavedReference>;
  /** Keeps it no longer. Generations that used it keep what they were made of. What it was is told. */
  remove(id: string, options?: { readonly signal?: AbortSignal }): Promise<SavedReference>;
}

const referenceFields = ['id', 'kind', 'name', 'uses'] as const;

/** The verbs of saved references over a transport. */
export function openReferences(transport: Transport): References {
  const pathOf = (id: string) => `/v1/references/${encodeURIComponent(id)}`;
  const page: References['page'] = ({ limit, cursor, signal } = {}) =>
    askPage<SavedReference>(transport, '/v1/references', { limit, cursor }, signal);
  return {
    save: (json, { signal } = {}) =>
      transport.json<SavedReference>(
        {
          method: 'POST',
          path: '/v1/references',
          headers: { 'idempotency-key': makeId() },
          json,
          repeatable: true,
          signal,
        },
        referenceFields,
      ),
    get: (id, { signal } = {}) =>
      transport.json<SavedReference>({ path: pathOf(id), repeatable: true, signal }, referenceFields),
    list: (options = {}) => everyItem((cursor) => page({ ...options, ...(cursor !== undefined && { cursor }) })),
    page,
    change: (id, json, { signal } = {}) =>
      transport.json<SavedReference>(
        { method: 'PATCH', path: pathOf(id), json, repeatable: true, signal },
        referenceFields,
      ),
    // After a lost answer a second try would find nothing and call that a failure.
    remove: (id, { signal } = {}) =>
      transport.json<SavedReference>(
        { method: 'DELETE', path: pathOf(id), repeatable: false, signal },
        referenceFields,
      ),
  };
}
