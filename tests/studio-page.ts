import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { buildSettings } from '../packages/studio/build-settings.ts';
import { launchBrowser } from './browser.ts';

/** A page of our own in a real browser, with a script of the Studio on it. */
export interface StudioPage {
  readonly page: Page;
  readonly url: string;
  /** What went wrong on it. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Answers what is no file of the build; `false` where it does not. */
export type OwnAnswer = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/**
 * Bundles a script with the Studio's own settings and opens it.
 * @param script path from the root of the project
 */
export async function openStudioPage(script: string, answer: OwnAnswer = () => false): Promise<StudioPage> {
  const root = join(import.meta.dirname, '..');
  const folder = await mkdtemp(join(tmpdir(), 'refreel-page-'));
  const built = join(folder, 'built');
  const settings = buildSettings(root, built);
  await build({
    ...settings,
    mode: 'production',
    logLevel: 'error',
    build: {
      ...settings.build,
      emptyOutDir: true,
      rolldownOptions: {
        ...settings.build?.rolldownOptions,
        input: { page: join(root, script) },
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const server = createServer((request, response) => {
    void serve(request, response, built, answer).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const errors: string[] = [];
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    browser = await launchBrowser({ graphics: true });
    const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(`${url}/`);
    return { page, url, errors, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  answer: OwnAnswer,
): Promise<void> {
  if (await answer(request, response)) return;
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/') {
    const styles = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.css'));
    const links = styles.map((name) => `<link rel="stylesheet" href="/${name}">`).join('');
    const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${links}<body><div id="root"></div>`;
    response
      .writeHead(200, { 'content-type': types['.html'] })
      .end(`${html}<script type="module" src="/page.js"></script>`);
    return;
  }
  const bytes =
    /^\/[\w./-]+$/.test(pathname) && !pathname.includes('..')
      ? await readFile(join(folder, pathname)).catch(() => undefined)
      : undefined;
  if (bytes === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream' }).end(bytes);
}
