import type { Asset, Page } from './answers.ts';
import { type Download, openDownload } from './download.ts';
import { askPage, everyItem, type PageOptions } from './pages.ts';
import type { Ask, Transport } from './transport.ts';

/** Bytes to store: a Blob (a File of a page, `openAsBlob` of Node), bytes, a stream, or where the server finds them. */
export type Upload = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | { readonly url: string };

/** How an upload is sent. */
export interface UploadOptions {
  /** What people call it; a File's own name unless another is given. */
  readonly name?: string;
  readonly signal?: AbortSignal;
}

/** Bytes that requests name. Every call throws `RefreelError`. */
export interface Assets {
  /** Stores and measures bytes; the same bytes again are the same asset. A stream cannot be sent again after a break, all else is. */
  upload(content: Upload, options?: UploadOptions): Promise<Asset>;
  get(sha256: string, options?: { readonly signal?: AbortSignal }): Promise<Asset>;
  /** Newest first, across all pages. */
  list(options?: PageOptions): AsyncGenerator<Asset, void, undefined>;
  /** One page of the list, for whoever shows pages. */
  page(options?: PageOptions & { readonly cursor?: string }): Promise<Page<Asset>>;
  download(sha256: string, options?: { readonly signal?: AbortSignal }): Promise<Download>;
}

const assetFields = ['asset', 'sha256', 'mediaType'] as const;

/** The verbs of assets over a transport. */
export function openAssets(transport: Transport): Assets {
  const pathOf = (sha256: string) => `/v1/assets/${encodeURIComponent(sha256.replace(/^asset:/, ''))}`;
  const page: Assets['page'] = ({ limit, cursor, signal } = {}) =>
    askPage<Asset>(transport, '/v1/assets', { limit, cursor }, signal);
  return {
    async upload(content, { name, signal } = {}) {
      const common = {
        method: 'POST',
        path: '/v1/assets',
        query: { name: name ?? nameOf(content) },
        // It takes as long as the line is slow.
        patienceSeconds: 0,
        signal,
      } as const;
      return await transport.json<Asset>({ ...common, ...(await bodyOf(content)) }, assetFields);
    },
    get: (sha256, { signal } = {}) =>
      transport.json<Asset>({ path: pathOf(sha256), repeatable: true, signal }, assetFields),
    list: (options = {}) => everyItem((cursor) => page({ ...options, ...(cursor !== undefined && { cursor }) })),
    page,
    download: (sha256, { signal } = {}) => openDownload(transport, { path: `${pathOf(sha256)}/content`, signal }),
  };
}

function nameOf(content: Upload): string | undefined {
  const name = content instanceof Blob && 'name' in content ? content.name : undefined;
  return typeof name === 'string' && name !== '' ? name.slice(-200) : undefined;
}

/** The type is only what its sender thinks: the server goes by the bytes. */
const unnamedType = 'application/octet-stream';

async function bodyOf(content: Upload): Promise<Pick<Ask, 'json' | 'body' | 'headers' | 'repeatable'>> {
  if (content instanceof Blob) {
    const type = /^(?:image|video|audio)\/[\w.+-]+$/.test(content.type) ? content.type : unnamedType;
    return { body: content, headers: { 'content-type': type }, repeatable: true };
  }
  if (content instanceof Uint8Array)
    return { body: content, headers: { 'content-type': unnamedType }, repeatable: true };
  if (!(content instanceof ReadableStream)) return { json: { url: content.url }, repeatable: true };
  // Browsers stream uploads over HTTP/2 at most; they keep a large Blob on the disk.
  if (isBrowser()) return await bodyOf(await new Response(content).blob());
  return { body: content, headers: { 'content-type': unnamedType }, repeatable: false };
}

function isBrowser(): boolean {
  return 'window' in globalThis || 'WorkerGlobalScope' in globalThis;
}
