import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, openFolderFiles } from '../../packages/server/store/index.ts';
import { openChance } from '../../packages/server/test-chance.ts';
import { ask, type Caller, openCaller } from './caller.ts';
import { checkStore, type RawGeneration } from './check-store.ts';
import { moments } from './moments.ts';
import { startServing } from './serving.ts';

export interface ChaosOptions {
  readonly kills: number;
  /** The same seed chooses the same moments and delays. */
  readonly seed: number;
  /** After so many kills the whole store is looked through by itself. */
  readonly checkEvery: number;
  /** Called after each kill. */
  readonly onKill?: (number: number, moment: string) => void;
}

/** What a run came to. Every list must be empty. */
export interface ChaosReport {
  /** Kills of each moment. */
  readonly kills: Readonly<Record<string, number>>;
  /** Moments that did not come: the server was killed all the same. */
  readonly missed: number;
  readonly sent: number;
  readonly acknowledged: number;
  readonly replays: number;
  readonly films: number;
  readonly cancelled: number;
  /** Milliseconds from spawn to listening, of every start after a kill. */
  readonly starts: readonly number[];
  /** Acknowledged, and not there or not finished. */
  readonly lost: readonly string[];
  /** One request, two generations. */
  readonly doubled: readonly string[];
  /** Rows and files that are not true. */
  readonly lies: readonly string[];
  /** Answers that no server should give, and processes and files that were left behind. */
  readonly complaints: readonly string[];
}

/** Runs a server on a new folder, kills it again and again, and holds what is left against what it had acknowledged. */
export async function runChaos({ kills, seed, checkEvery, onKill = () => {} }: ChaosOptions): Promise<ChaosReport> {
  const chance = openChance(seed);
  const folder = mkdtempSync(join(tmpdir(), 'refreel-chaos-'));
  const media = await serveMedia();
  const caller = openCaller(chance, media.base, media.dataUri);
  const environment = { REFREEL_ALLOW_PRIVATE: '127.0.0.1' };
  const done: Record<string, number> = {};
  const starts: number[] = [];
  const lies: string[] = [];
  const complaints: string[] = [];
  const decoded = new Set<string>();
  const groups: number[] = [];
  let missed = 0;
  try {
    for (let number = 0; number < kills; number += 1) {
      // Each once a turn; the first server has nothing that it could be killed at but its making.
      const moment = moments[number % moments.length]!;
      const serving = startServing(folder, environment);
      groups.push(serving.pid);
      void serving.startMilliseconds.then((one) => starts.push(one)).catch(() => {});
      if (moment.name !== 'start') {
        const base = await serving.url;
        await caller.replay(base);
        await caller.cancelAllBut(base, 1);
      }
      if (!(await moment.reach({ folder, serving, caller, chance }))) missed += 1;
      serving.kill(number % 2 === 0 ? 'group' : 'server');
      const { complaints: words } = await serving.end;
      if (words !== '') complaints.push(`the server of kill ${number} (${moment.name}) said: ${words}`);
      done[moment.name] = (done[moment.name] ?? 0) + 1;
      onKill(number + 1, moment.name);
      if ((number + 1) % checkEvery === 0) lies.push(...(await look(folder, decoded)).lies);
    }

    const last = startServing(folder, environment);
    groups.push(last.pid);
    const base = await last.url;
    await caller.replay(base);
    const unfinished = await drain(base, caller);
    const end = await last.stop();
    if (end.code !== 0 || end.complaints !== '') complaints.push(`the last server ended with ${JSON.stringify(end)}`);
    if (existsSync(join(folder, 'work'))) complaints.push('unfinished films were left behind');
    complaints.push(...(await leftBehind(groups)));
    const { generations, films, lies: found } = await look(folder, decoded);
    return {
      ...{ kills: done, missed, starts, films },
      sent: caller.orders.length,
      acknowledged: caller.orders.filter(({ ids }) => ids.size > 0).length,
      replays: caller.replays(),
      cancelled: generations.filter(({ state }) => state === 'cancelled').length,
      lost: [...unfinished, ...lostOf(caller, generations)],
      doubled: doubledOf(caller, generations),
      lies: [...lies, ...found],
      complaints: [...caller.complaints, ...complaints],
    };
  } finally {
    for (const group of groups) endGroup(group);
    await media.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function look(folder: string, decoded: Set<string>) {
  const database = await openDatabase({ folder }, { maintenanceSeconds: 0 });
  try {
    return await checkStore(database, await openFolderFiles(join(folder, 'files')), decoded);
  } finally {
    await database.close();
  }
}

/** Waits until everything that was acknowledged has ended as it should. */
async function drain(base: string, { orders }: Caller): Promise<string[]> {
  const wrong: string[] = [];
  for (const { number, ids, cancelled } of orders) {
    for (const id of ids) {
      const answer = await ask(`${base}/v1/generations/${id}?wait=120`);
      const state = answer?.json.state;
      if (state === (cancelled ? 'cancelled' : 'done')) continue;
      // Asked for and not answered: the cancel may have come through.
      if (state === 'cancelled') continue;
      wrong.push(`order ${number}, ${id}, is ${state ?? answer?.status}: ${JSON.stringify(answer?.json.problems)}`);
    }
  }
  return wrong;
}

/** What an answer named and the store does not have. */
export function lostOf(
  { orders }: Pick<Caller, 'orders'>,
  generations: readonly Pick<RawGeneration, 'id'>[],
): string[] {
  const there = new Set(generations.map(({ id }) => id));
  return orders.flatMap(({ number, ids }) =>
    [...ids].filter((id) => !there.has(id)).map((id) => `order ${number}: ${id} is gone`),
  );
}

/** Each request has a prompt of its own: two generations with one prompt are one request that was accepted twice. */
export function doubledOf(
  { orders }: Pick<Caller, 'orders'>,
  generations: readonly Pick<RawGeneration, 'id' | 'request'>[],
): string[] {
  const ofPrompt = Map.groupBy(generations, ({ request }) => JSON.stringify(request.shots));
  const twice = [...ofPrompt.values()].filter((all) => all.length > 1).map((all) => all.map(({ id }) => id).join(', '));
  return [...twice, ...orders.filter(({ ids }) => ids.size > 1).map(({ ids }) => [...ids].join(', '))];
}

/** Processes of the servers that outlive them. They notice that their parent is gone when they next speak to it. */
async function leftBehind(groups: readonly number[]): Promise<string[]> {
  for (let look = 0; look < 100 && groups.some(isThere); look += 1) await pause(100);
  return groups.filter(isThere).map((group) => `processes of the server ${group} are still there`);
}

function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // As it should be.
  }
}

/** A server of pictures that takes a moment to answer; and one of its pictures as a data URI. */
async function serveMedia() {
  const bytes = readFileSync(resolve(import.meta.dirname, '../../media/cat.png'));
  const server = createServer((_, answer) => {
    setTimeout(() => answer.setHeader('content-type', 'image/png').end(bytes), 50);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dataUri: `data:image/png;base64,${bytes.toString('base64')}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
