import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { problem, Refusal } from '@refreel/core/model';
import type { Standing } from './accounts/index.ts';
import { AllowanceInvalid, type GuardedFetch, mappedFetch, openGuardedFetch } from './fetch/index.ts';
import { type GenerationsOptions, openGenerations } from './generations/index.ts';
import { hasKeys } from './http/admission.ts';
import { type App, openApp } from './http/app.ts';
import { type Door, mayStart } from './http/front-door.ts';
import { listen } from './http/listen.ts';
import { metricsLater } from './http/metrics-later.ts';
import type { HttpLimits } from './http/parts.ts';
import { openSigners } from './http/signer.ts';
import { accountFaults, assertAccounts, holdToMode, markLive, openDesk, sendingOf } from './live.ts';
import { openClock } from './sandbox/clock.ts';
import { spoiltLife } from './sandbox/faults-of-life.ts';
import { paceGenerations } from './sandbox/paced.ts';
import { openSecret } from './secret.ts';
import type { Settings } from './settings.ts';
import { type Database, folderNames, makeWritable, openFolderFiles } from './store/index.ts';
import { startUpkeep } from './upkeep.ts';
import { watchedFetch } from './watched-fetch.ts';
import { openWebhooks } from './webhooks/index.ts';

/** A server that serves. */
export interface Running {
  /** Where callers of this machine reach it. */
  readonly url: string;
  /** Whether callers need a key. */
  readonly locked: boolean;
  /** Where films are sent, as it was at the start. */
  readonly accounts: readonly Standing[];
  /** Finishes what is being answered, gives back what is being drawn, and closes the store. Nothing that was accepted is lost. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly limits?: Partial<HttpLimits>;
  readonly generations?: Pick<GenerationsOptions, 'limits' | 'animatic'>;
  /** Told of everything that goes wrong and is nobody's request. Default: a line on standard error. */
  readonly onFault?: (error: unknown, where: string) => void;
}

/** How long answers that are on their way may take when the server stops. */
const graceSeconds = 10;

/** Opens what works on a store. @throws Refusal (port taken, open without a key, settings that contradict each other); the store is closed then */
export async function openServer(database: Database, settings: Settings, options: ServeOptions): Promise<Running> {
  const { host, publicUrl, cors, adminKey } = settings;
  const onFault = options.onFault ?? tellFault;
  const stopping = new AbortController();
  // Closed in the order opposite to that of opening.
  const closers: (() => Promise<void>)[] = [() => database.close()];
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      stopping.abort();
      for (const one of closers.splice(0).reverse()) await one();
    })();
    return closing;
  };
  try {
    const { metrics, load: loadMetrics } = metricsLater();
    makeWritable(settings.data);
    await holdToMode(settings, database);
    const files = await openFolderFiles(join(settings.data, folderNames.files));
    const clock = await openClock(database);
    const secret = settings.secret ?? openSecret(settings.data);
    const signer = openSigners(secret);
    const accounts = await openDesk(settings, database, secret, (error) => onFault(error, 'accounts'));
    closers.push(() => accounts.close());
    assertAccounts(settings, accounts);
    const locked = adminKey !== undefined || (await hasKeys(database));
    const standing: Omit<Door, 'port' | 'locked'> = { host, publicUrl, cors };
    const closed = mayStart({ ...standing, port: settings.port, locked });
    if (closed !== undefined) throw new Refusal(closed);

    // Its port has to be known before the rest is opened; whoever comes at once waits for that.
    const app = Promise.withResolvers<App>();
    app.promise.catch(() => {});
    const listener = await listen(settings, async (request) => (await app.promise).fetch(request));
    const { port } = listener;
    closers.push(() => listener.close(0));
    const ownBases = basesOf(host, port, publicUrl);
    const fetch = watchedFetch(await mapMedia(openGuard(settings, ownBases), settings), metrics.refusedFetch);
    markLive(settings);
    const sending = settings.mode === 'live' ? sendingOf(settings, accounts, clock, signer) : undefined;
    const made = await openGenerations({
      ...options.generations,
      database,
      files,
      fetch,
      watch: metrics.watch,
      ...(settings.sandboxFaults && { spoil: spoiltLife }),
      ownBases,
      sandboxNow: async () => (await clock.read()).now,
      // On a PostgreSQL of several servers the folder may be theirs too.
      ...(database.kind === 'embedded' && { workFolder: join(settings.data, folderNames.work) }),
      sending,
      rates: settings.rates,
      onError: (error) => onFault(error, 'background'),
    });
    closers.push(() => made.close());
    for (const fault of await accountFaults(settings, database, accounts)) onFault(fault, 'accounts');
    const { connection } = database;
    const generations = paceGenerations(made, { connection, clock, scale: settings.timeScale });
    const upkeep = startUpkeep({ database, files, onError: (error) => onFault(error, 'upkeep') });
    closers.push(() => upkeep.close());
    const webhooks = openWebhooks({
      connection,
      fetch,
      sign: signer('webhook').sign,
      onError: (error) => onFault(error, 'webhooks'),
      onDelivery: metrics.delivered,
      told: (workspace, events) => generations.tellings.told({ workspace, keyId: undefined }, events),
    });
    closers.push(() => webhooks.close());
    app.resolve(
      await openApp({
        ...{ database, files, generations, adminKey, locked, clock, signer, metrics, webhooks, version, onFault },
        faultsObeyed: settings.sandboxFaults,
        rates: settings.rates,
        mode: settings.mode,
        accounts,
        ...(sending !== undefined && { cards: () => sending.book.cards }),
        door: () => ({ ...standing, port }),
        stopping: stopping.signal,
        limits: options.limits ?? {},
      }),
    );
    // Answers that wait for a film end when the generations close, so no new connection may come before that, and no old one be cut.
    closers.splice(1, closers.length, async () => {
      const silent = listener.close(graceSeconds);
      await generations.close();
      await Promise.all([upkeep.close(), webhooks.close(), accounts.close()]);
      await silent;
    });
    loadMetrics().catch((error) => onFault(error, 'metrics'));
    const url = `http://${isEverywhere(host) ? '127.0.0.1' : inUrl(host)}:${port}`;
    return { url, locked, accounts: accounts.standings(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

function openGuard({ allowPrivate }: Settings, ownBases: readonly string[]) {
  try {
    return openGuardedFetch({ allow: allowPrivate, ownBases });
  } catch (error) {
    if (!(error instanceof AllowanceInvalid)) throw error;
    const limit = {
      en: 'host names, addresses and blocks such as "10.0.0.0/8", separated by commas',
      zh: '以逗号分隔的主机名、地址或网段，例如“10.0.0.0/8”',
    };
    throw new Refusal(problem('variable_invalid', 'REFREEL_ALLOW_PRIVATE', { found: error.entry, limit }));
  }
}

async function mapMedia(fetch: GuardedFetch, { mediaMap }: Settings): Promise<GuardedFetch> {
  for (const { folder } of mediaMap) {
    if ((await stat(folder).catch(() => undefined))?.isDirectory() === true) continue;
    const limit = { en: 'a map to folders that are there', zh: '指向已存在文件夹的映射' };
    throw new Refusal(problem('variable_invalid', 'REFREEL_MEDIA_MAP', { found: folder, limit }));
  }
  return await mappedFetch(fetch, mediaMap);
}

function basesOf(host: string, port: number, publicUrl: string | undefined): string[] {
  const hosts = new Set(['127.0.0.1', 'localhost', '[::1]', inUrl(host)]);
  return [...hosts].map((one) => `http://${one}:${port}`).concat(publicUrl ?? []);
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function tellFault(error: unknown, where: string): void {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${new Date().toISOString()} ${where}: ${what}\n`);
}
