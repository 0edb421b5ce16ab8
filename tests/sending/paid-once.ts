import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openChance } from '../../packages/server/test-chance.ts';
import { smallRequest, startTestServer } from '../../packages/server/test-server.ts';
import { ask } from '../chaos/caller.ts';
import { type Serving, startServing } from '../chaos/serving.ts';
import { media } from '../e2e/command.ts';
import { probe } from '../loopback/server.ts';
import { accept, type HostileVendor, openHostileVendor, tell } from './hostile-vendor.ts';
import { openFolders, writeAccounts } from './peers.ts';

/** Instants of a paid generation's way, at which whoever sends it is cut off. */
export const boundaries = [
  'accepted',
  'asked',
  'answered',
  'working',
  'finished',
  'downloading',
  'downloaded',
  'any',
] as const;
export type Boundary = (typeof boundaries)[number];

export interface PaidOnceOptions {
  readonly kills: number;
  /** The same seed chooses the same delays. */
  readonly seed: number;
  readonly onKill?: (number: number, boundary: Boundary) => void;
}

/** What a run came to. Every list must be empty. */
export interface PaidOnceReport {
  readonly kills: Readonly<Record<string, number>>;
  /** Boundaries that did not come in time: the sender was killed all the same. */
  readonly missed: number;
  readonly sent: number;
  readonly acknowledged: number;
  /** Submits that the vendor took. */
  readonly paid: number;
  readonly done: number;
  readonly unconfirmed: number;
  /** Submits whose answer the sender did not live to write down, or whose connection it took along: the most that may be unconfirmed. */
  readonly cutOff: number;
  /** The vendor was asked twice for one request. */
  readonly twice: readonly string[];
  /** Acknowledged, and neither ended nor shown as unconfirmed; or paid, and shown as neither made nor unconfirmed. */
  readonly lost: readonly string[];
  /** Told as done, and no film. */
  readonly broken: readonly string[];
  readonly complaints: readonly string[];
}

interface Order {
  readonly word: string;
  id: string | undefined;
}

const perRound = 2;
const patienceMilliseconds = 20_000;

/** Kills a sender again and again at every boundary of a paid generation, and counts at the vendor. */
export async function runPaidOnce({ kills, seed, onKill = () => {} }: PaidOnceOptions): Promise<PaidOnceReport> {
  const chance = openChance(seed);
  const folders = openFolders();
  const folder = folders.make('sender');
  const film = await drawFilm();
  const happened = new Map<Boundary, () => void>();
  const tellOf = (boundary: Boundary) => happened.get(boundary)?.();
  const vendor = await openVendor(film, tellOf);
  const accounts = writeAccounts(folders.make('accounts'), [
    {
      ...{ id: 'vendor', dialect: 'dashscope', baseUrl: vendor.url, key: 'sk-paid-once-0123456789' },
      ...{ models: ['wan2.7-r2v'], lookIntervalSeconds: 0.2, region: 'cn-beijing' },
    },
  ]);
  const environment = {
    ...{ REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts, REFREEL_PUBLIC_URL: 'http://127.0.0.1:9' },
  };
  const orders: Order[] = [];
  const done: Record<string, number> = {};
  const complaints: string[] = [];
  const groups: Serving[] = [];
  let [missed, cutOff] = [0, 0];
  let image: string | undefined;
  const start = async () => {
    const serving = startServing(folder, environment);
    groups.push(serving);
    return { serving, base: await serving.url };
  };
  const send = async (base: string, order: Order) => {
    const answer = await ask(`${base}/v1/generations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': order.word },
      body: JSON.stringify({
        ...{ model: 'wan2.7-r2v', seconds: 2, prompt: `A film of the word ${order.word} with @cup.` },
        references: [{ kind: 'image', name: 'cup', image }],
      }),
    });
    if (answer?.status === 202) order.id = answer.json.id as string;
    else if (answer !== undefined && answer.status !== 503 && answer.status !== 409)
      complaints.push(`${order.word}: ${answer.status} ${JSON.stringify(answer.json)}`);
  };
  try {
    for (let number = 0; number < kills; number += 1) {
      const boundary = boundaries[number % boundaries.length]!;
      const { serving, base } = await start();
      image ??= await keepPicture(base);
      // Sent again under its key, as a client does that was not answered.
      await Promise.all(orders.filter(({ id }) => id === undefined).map((order) => send(base, order)));
      const reached = new Promise<void>((resolve) => happened.set(boundary, resolve));
      const before = countOf(vendor);
      const mine = Array.from(
        { length: perRound },
        (_, index): Order => ({ word: wordOf(number * perRound + index), id: undefined }),
      );
      orders.push(...mine);
      const sending = Promise.all(mine.map((order) => send(base, order)));
      if (boundary === 'accepted') await Promise.race([sending, pause(chance.number(30))]);
      else if (boundary === 'any') await pause(chance.number(2500));
      else {
        const came = await Promise.race([reached.then(() => true), pause(patienceMilliseconds).then(() => false)]);
        if (!came) missed += 1;
        await pause(chance.number(boundary === 'answered' ? 6 : 12));
      }
      serving.kill('group');
      const end = await serving.end;
      if (end.complaints !== '') complaints.push(`kill ${number} (${boundary}): ${end.complaints}`);
      await sending;
      cutOff += countOf(vendor) - before;
      done[boundary] = (done[boundary] ?? 0) + 1;
      onKill(number + 1, boundary);
    }
    const { serving, base } = await start();
    await Promise.all(orders.filter(({ id }) => id === undefined).map((order) => send(base, order)));
    const report = await settle(base, orders, vendor);
    const end = await serving.stop();
    if (end.code !== 0 || end.complaints !== '') complaints.push(`the last server ended with ${JSON.stringify(end)}`);
    const twice = [...vendor.asked]
      .filter(([, { submits }]) => submits > 1)
      .map(([word, { submits }]) => `${word}: ${submits}`);
    const paid = countOf(vendor);
    const acknowledged = orders.filter(({ id }) => id !== undefined).length;
    return { kills: done, missed, sent: orders.length, acknowledged, paid, cutOff, twice, ...report, complaints };
  } finally {
    for (const serving of groups) serving.kill('group');
    await vendor.close();
    folders.remove();
  }
}

function countOf({ asked }: HostileVendor): number {
  return [...asked.values()].reduce((sum, { submits }) => sum + submits, 0);
}

/** Waits until everything has ended or waits for a person, and looks at every film. */
async function settle(base: string, orders: readonly Order[], { asked }: HostileVendor) {
  const lost: string[] = [];
  const broken: string[] = [];
  let [done, unconfirmed] = [0, 0];
  for (const { word, id } of orders) {
    if (id === undefined) {
      lost.push(`${word} was never acknowledged`);
      continue;
    }
    const until = Date.now() + 90_000;
    let json = (await ask(`${base}/v1/generations/${id}`))?.json;
    while (json !== undefined && !json.ended && json.state !== 'unconfirmed' && Date.now() < until)
      json = (await ask(`${base}/v1/generations/${id}?wait=1`))?.json;
    if (json?.state === 'done') {
      done += 1;
      const bytes = await (await fetch(`${base}/v1/generations/${id}/content`)).arrayBuffer();
      await probe(new Uint8Array(bytes)).catch((error: unknown) => broken.push(`${word}: ${error}`));
    } else if (json?.state === 'unconfirmed') unconfirmed += 1;
    else lost.push(`${word}, ${id}, is ${json?.state}: ${JSON.stringify(json?.problems)}`);
    if (json?.state === 'done' && asked.get(word)?.submits !== 1) lost.push(`${word} is done and was not asked for`);
  }
  return { lost, broken, done, unconfirmed };
}

/** Tells of each boundary as it comes by; slow enough that it can be hit. */
function openVendor(film: Buffer, told: (boundary: Boundary) => void): Promise<HostileVendor> {
  return openHostileVendor(
    (word) => ({
      submit(_, answer) {
        told('asked');
        setTimeout(() => {
          accept(answer, word);
          told('answered');
        }, 15);
      },
      look(number, answer, { url }) {
        if (number === 1) told('working');
        if (number < 2) return tell(answer, word, 'RUNNING');
        told('finished');
        tell(answer, word, 'SUCCEEDED', `${url}/films/${word}.mp4`);
      },
      film(_, __, answer) {
        told('downloading');
        answer.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(film.length) });
        answer.write(film.subarray(0, film.length >> 1));
        setTimeout(() => {
          answer.end(film.subarray(film.length >> 1));
          told('downloaded');
        }, 25);
      },
    }),
    () => film,
  );
}

/** Letters alone: what stands in a prompt must not be read as a number. */
function wordOf(number: number): string {
  const letters = 'abcdefghij';
  return `w${[...String(number)].map((digit) => letters[Number(digit)]).join('')}`;
}

async function keepPicture(base: string): Promise<string> {
  const body = readFileSync(join(media, 'coffee.png'));
  const answer = await ask(`${base}/v1/assets`, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
  return answer!.json.asset as string;
}

async function drawFilm(): Promise<Buffer> {
  const server = await startTestServer();
  try {
    const { json } = await server.ask('/v1/generations?wait=60', { json: smallRequest });
    return (await server.ask(`/v1/generations/${json.id}/content`)).bytes;
  } finally {
    await server.remove();
  }
}
