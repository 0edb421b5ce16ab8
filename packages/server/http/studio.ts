import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where `npm start` builds the Studio to. */
const builtFolder = join(import.meta.dirname, '../../studio/dist');

/** Addresses that are pages of the app: all show the same document, which looks at the address itself. */
const pages = ['/', '/gallery', '/library', '/projects', '/settings'];

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  jpg: 'image/jpeg',
  png: 'image/png',
  woff2: 'font/woff2',
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Widgets set styles of their own; none of it can come from a request.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The Studio's files: its page, and what that page loads. Undefined for every other address. They hold nothing of any workspace, so nobody is
 * asked for a key; what the page shows comes through the API.
 */
export async function sendStudio(
  request: Request,
  { pathname }: URL,
  folder = builtFolder,
): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (pages.includes(pathname)) return await sendPage(request, folder);
  const name = /^\/studio\/([\w-]+(?:\.[\w-]+)*\.(\w+))$/.exec(pathname);
  const type = types[name?.[2] ?? ''];
  return name === null || type === undefined
    ? undefined
    : await sendPart(request, join(folder, 'studio', name[1]!), type);
}

async function sendPage(request: Request, folder: string): Promise<Response> {
  const html = await read(join(folder, 'index.html'));
  return answer(request, html ?? notBuilt, html === undefined ? 503 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-cache',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  });
}

/** A part with its hash in its name: what it holds never changes. */
async function sendPart(request: Request, file: string, type: string): Promise<Response | undefined> {
  const zips = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  const zipped = zips ? await read(`${file}.gz`) : undefined;
  const bytes = zipped ?? (await read(file));
  if (bytes === undefined) return undefined;
  return answer(request, bytes, 200, {
    'content-type': type,
    // A worker goes by the policy of its own script.
    'content-security-policy': type.startsWith('text/javascript') ? policy : "default-src 'none'; sandbox",
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
    vary: 'Accept-Encoding',
    ...(zipped !== undefined && { 'content-encoding': 'gzip' }),
  });
}

function answer(
  { method }: Request,
  body: string | Uint8Array<ArrayBuffer>,
  status: number,
  headers: Record<string, string>,
): Response {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const all = { ...headers, 'content-length': String(bytes.byteLength), 'x-content-type-options': 'nosniff' };
  return new Response(method === 'HEAD' ? null : bytes, { status, headers: all });
}

async function read(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Refreel</title>
<body style="font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>The Studio is not built</h1><p>The API serves; its pages are at <a href="/docs">/docs</a>. To build the Studio, run</p>
<pre>node packages/studio/build.ts</pre><p>and load this page again.</p>
<h1 lang="zh">Studio 尚未构建</h1><p lang="zh">API 已可用，文档见 <a href="/docs">/docs</a>。运行上面的命令后刷新本页。</p>`;
