import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fillTestFolder } from '../../../packages/server/store/test-store.ts';
import { openChance } from '../../../packages/server/test-chance.ts';
import { adminKey, ask } from '../../../packages/server/test-server.ts';
import { media } from '../../e2e/command.ts';
import { accountAt, freePort, openFolders, writeAccounts } from '../../sending/peers.ts';
import { type Serving, startServing } from '../serving.ts';
import { callers, type Order } from './callers.ts';
import { collect, type Evidence, judge, type Verdict } from './evidence.ts';
import { openVendorWire, type Passing, type Silence, type Submit } from './vendor-wire.ts';
import { wordOf } from './words.ts';

/** Instants at which a sender is killed: those of the way that the network sees, the first one, and any. */
export const moments = [
  'accepting',
  'uploading',
  'asking',
  'asked',
  'answered',
  'working',
  'downloading',
  'downloaded',
  'any',
] as const satisfies readonly (Passing | 'accepting' | 'any')[];

/** What goes wrong in a round beside the kill: at the vendor, or on the way to it. */
const troubles = [
  undefined,
  { fault: 'lost_create_reply' },
  { silence: { kind: 'submit', way: 'down', most: 300 } },
  undefined,
  { fault: 'http_503', on: 'look' },
  { fault: 'half_json' },
  { silence: { kind: 'submit', way: 'up', most: 900 } },
  undefined,
  { fault: 'connection_reset' },
  { silence: { kind: 'film', way: 'down', most: 60_000 } },
  { fault: 'http_429_with_retry_after' },
  { silence: { kind: 'look', way: 'down', most: 300 } },
  { fault: 'http_500' },
] as const;

export interface PaidOptions {
  readonly rounds: number;
  /** Number of the first one, for runs that share the rounds of one. Default 0. */
  readonly first?: number;
  /** The same seed chooses the same delays. */
  readonly seed: number;
  readonly onRound?: (number: number, moment: string) => void;
  /** Milliseconds for which what is unconfirmed at the end must stay so. Default: until a vendor's list was looked at several times. */
  readonly seekMilliseconds?: number;
  /** Called once all is over, before the folders are removed. */
  readonly afterwards?: (ended: Ended) => Promise<void>;
}

/** What a verdict is made from; nobody works on the stores any more. */
export interface Ended {
  readonly senderFolder: string;
  readonly vendorFolder: string;
  readonly orders: readonly Order[];
  readonly submits: readonly Submit[];
  /** What was found in both. */
  readonly evidence: Evidence;
  /** Films that were decoded for it. */
  readonly decoded: Set<string>;
}

export interface PaidReport extends Verdict {
  /** Kills of each moment. */
  readonly kills: Readonly<Record<string, number>>;
  /** Moments that did not come in time: the sender was killed all the same. */
  readonly missed: number;
  /** Faults that the vendor showed, and connections that went silent. */
  readonly faults: number;
  readonly silenced: number;
  /** Films in the sender's store, each decoded. */
  readonly films: number;
  readonly complaints: readonly string[];
}

const patienceMilliseconds = 20_000;

/** Kills a sender again and again on the way of paid generations of every dialect, and holds its store against its vendor's. */
export async function runPaid(options: PaidOptions): Promise<PaidReport> {
  const { rounds, first = 0, seed, seekMilliseconds = 15_000, onRound = () => {}, afterwards } = options;
  const chance = openChance(seed);
  const folders = openFolders();
  const [senderFolder, vendorFolder] = [folders.make('sender'), folders.make('vendor')];
  const dialects = Object.keys(callers);
  const pictures = await servePicture();
  for (const folder of [senderFolder, vendorFolder]) await fillTestFolder(folder);
  const vendor = startServing(vendorFolder, {
    ...{ REFREEL_SANDBOX_FAULTS: 'true', REFREEL_ADMIN_KEY: adminKey, REFREEL_ALLOW_PRIVATE: '127.0.0.1' },
  });
  const vendorUrl = await vendor.url;
  const wire = await openVendorWire(vendorUrl, dialects);
  const key = (await ask(`${vendorUrl}/v1/keys`, { key: adminKey, json: { name: 'sender', workspace: 'one' } })).json
    .secret as string;
  const accounts = dialects.map((id) => ({ ...accountAt(wire.url, id, [callers[id]!.model]), key }));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const environment = {
    ...{ REFREEL_MODE: 'live', REFREEL_PORT: String(port), REFREEL_ALLOW_PRIVATE: '127.0.0.1' },
    REFREEL_ACCOUNTS: writeAccounts(folders.make('accounts'), accounts),
  };
  const orders: Order[] = [];
  const kills: Record<string, number> = {};
  const complaints: string[] = [];
  const stopping = new AbortController();
  const asking: Promise<void>[] = [];
  let [missed, faults] = [0, 0];
  let serving: Serving | undefined;
  const order = (dialect: string) => {
    const made: Order = { word: wordOf(orders.length), dialect, ids: new Set() };
    orders.push(made);
    const asked = callers[dialect]!.ask(made, { base, picture: pictures.url, stopping: stopping.signal });
    asking.push(
      asked.catch((error: unknown) => {
        made.complaint = String(error);
      }),
    );
  };
  try {
    for (let number = first; number < first + rounds; number += 1) {
      const moment = moments[number % moments.length]!;
      // Another step than the moments': every dialect meets every moment.
      const dialect = dialects[(number + Math.floor(number / moments.length)) % dialects.length]!;
      const trouble = troubles[number % troubles.length];
      serving = startServing(senderFolder, environment);
      await serving.url;
      if (trouble !== undefined && 'fault' in trouble) {
        const { fault } = trouble;
        await ask(`${vendorUrl}/v1/sandbox/faults`, { key: adminKey, json: { dialect, ...trouble } });
        faults += fault === undefined ? 0 : 1;
      }
      const silence = trouble !== undefined && 'silence' in trouble ? trouble.silence : undefined;
      wire.silence(
        silence &&
          ({ ...silence, after: Math.floor(chance.number(silence.most)) } satisfies Silence & { most: number }),
      );
      const reached = new Promise<boolean>((resolve) => {
        wire.onPassing = (passing) => {
          // What goes silent in front of it never comes to its moment.
          if (passing === moment) resolve(true);
        };
      });
      order(dialect);
      if (moment === 'accepting') await pause(chance.number(60));
      else if (moment === 'any') await pause(chance.number(2500));
      else {
        const patience = silence === undefined && hasMoment(dialect, moment) ? patienceMilliseconds : 1500;
        const came = await Promise.race([reached, pause(patience).then(() => false)]);
        if (!came && patience === patienceMilliseconds) missed += 1;
        await pause(chance.number(moment === 'answered' ? 6 : 15));
      }
      serving.kill('group');
      wire.killed();
      const end = await serving.end;
      if (end.complaints !== '') complaints.push(`round ${number} (${moment}): ${end.complaints}`);
      kills[moment] = (kills[moment] ?? 0) + 1;
      onRound(number - first + 1, moment);
    }
    wire.silence(undefined);
    wire.onPassing = () => {};
    serving = startServing(senderFolder, environment);
    await serving.url;
    await settle(base, orders, seekMilliseconds);
    stopping.abort();
    await Promise.all(asking);
    const last = await serving.stop();
    if (last.code !== 0 || last.complaints !== '')
      complaints.push(`the last server ended with ${JSON.stringify(last)}`);
    const vendorEnd = await vendor.stop();
    if (vendorEnd.complaints !== '') complaints.push(`the vendor said ${vendorEnd.complaints}`);
    for (const { word, complaint, ids } of orders)
      if (ids.size === 0) complaints.push(`${word}: ${complaint ?? 'it was never answered'}`);
    const decoded = new Set<string>();
    const evidence = await collect(senderFolder, vendorFolder, decoded);
    const verdict = judge(orders, wire.submits, evidence);
    await afterwards?.({ senderFolder, vendorFolder, orders, submits: wire.submits, evidence, decoded });
    return { ...verdict, kills, missed, faults, silenced: wire.silenced(), films: evidence.films, complaints };
  } finally {
    stopping.abort();
    serving?.kill('group');
    vendor.kill('group');
    await Promise.all([serving?.end, vendor.end]);
    await wire.close();
    pictures.close();
    folders.remove();
  }
}

/** Of all, those alone that bring a picture to the vendor first upload. */
function hasMoment(dialect: string, moment: Passing | 'accepting' | 'any'): boolean {
  return moment !== 'uploading' || dialect === 'baicai' || dialect === 'toapis' || dialect === 'dashscope';
}

/** A submit that went silent is given up after two minutes; no film takes as long. */
const settleMilliseconds = 400_000;

/** Waits until everything was answered, and has ended or is nobody's but a person's. */
async function settle(base: string, orders: readonly Order[], seekMilliseconds: number): Promise<void> {
  const until = Date.now() + settleMilliseconds;
  let quiet = Date.now();
  let before = '';
  while (Date.now() < until) {
    const { open, unconfirmed } = await standing(base);
    const answered = orders.every(({ ids, complaint }) => ids.size > 0 || complaint !== undefined);
    if (String(unconfirmed) !== before) quiet = Date.now();
    before = String(unconfirmed);
    if (answered && open === 0 && (unconfirmed === 0 || Date.now() - quiet > seekMilliseconds)) return;
    await pause(250);
  }
}

async function standing(base: string): Promise<{ open: number; unconfirmed: number }> {
  const states = 'preparing,queued,submitting,running,fetching,cancelling';
  const count = async (state: string) =>
    (await ask(`${base}/v1/generations?limit=100&state=${state}`)).json.items.length;
  return { open: await count(states), unconfirmed: await count('unconfirmed') };
}

async function servePicture() {
  const bytes = readFileSync(join(media, 'coffee.png'));
  const server = createServer((_, answer) => void answer.setHeader('content-type', 'image/png').end(bytes));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cup.png`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
