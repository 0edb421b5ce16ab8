import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Request, State } from '@refreel/core/model';
import sharp from 'sharp';
import { openGuardedFetch } from '../fetch/index.ts';
import { createWorkspace, type Database, type Files, openDatabase, openFolderFiles } from '../store/index.ts';
import { makeTestFolder } from '../store/test-store.ts';
import { type GenerationLimits, type GenerationsOptions, openGenerations } from './open-generations.ts';
import type { Caller, Generations, Submission } from './service.ts';

/** A store in a folder of its own, the service on it, and servers that it may fetch from. */
export interface Ground {
  readonly folder: string;
  readonly database: Database;
  readonly files: Files;
  readonly generations: Generations;
  /** Somebody in a new workspace. */
  caller(): Promise<Caller>;
  /** A server on 127.0.0.1; its base. */
  serve(answer: RequestListener): Promise<string>;
  /** The service anew on the same store: as after a restart. */
  reopen(options?: Partial<GenerationsOptions>): Promise<Generations>;
  close(): Promise<void>;
}

const quick: GenerationLimits = { leaseSeconds: 4, idleSeconds: 0.2 };

/** `databaseUrl`: a PostgreSQL instead of the embedded database. */
export async function openGround(options: Partial<GenerationsOptions> = {}, databaseUrl?: string): Promise<Ground> {
  const own = databaseUrl === undefined;
  const folder = own ? await makeTestFolder('generations') : await mkdtemp(join(tmpdir(), 'refreel-generations-'));
  const database = await openDatabase(own ? { folder } : { url: databaseUrl });
  const files = await openFolderFiles(join(folder, 'files'));
  const fetch = openGuardedFetch({
    allow: ['127.0.0.1'],
    ownBases: [ownBase],
    // Every name leads into a private network.
    lookup: async () => ['10.0.0.7'],
  });
  const ending: (() => Promise<void>)[] = [];
  const open = async (more: Partial<GenerationsOptions> = {}) => {
    const workFolder = join(folder, 'work');
    const limits = { ...quick, ...options.limits, ...more.limits };
    const onError = (error: unknown) => void process.stderr.write(`${error}\n`);
    const generations = await openGenerations({
      ...{ database, files, fetch, workFolder, ownBases: [ownBase], onError },
      ...options,
      ...more,
      limits,
    });
    ending.unshift(() => generations.close());
    return generations;
  };
  const generations = await open();
  return {
    ...{ folder, database, files, generations },
    reopen: open,
    async caller() {
      const { id } = await createWorkspace(database.connection, 'test');
      return { workspace: id, keyId: undefined };
    },
    async serve(answer) {
      const server = createServer(answer);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      ending.push(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      for (const end of ending) await end();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Addresses below it are our own. */
export const ownBase = 'http://127.0.0.1:8787';

/** A film of a second that is drawn in no time. */
export function smallRequest(change: Partial<Request> = {}): Request {
  return {
    model: 'animatic',
    references: [],
    shots: [{ prompt: ['A lamp is lit.'], seconds: 1 }],
    size: { width: 128, height: 72 },
    fps: 12,
    audio: false,
    ...change,
  };
}

export function submission(request: Request = smallRequest(), change: Partial<Submission> = {}): Submission {
  return { request, dialect: 'native', echo: {}, notes: [], ...change };
}

/** A request with one subject whose picture is that medium. */
export function subjectRequest(image: string, change: Partial<Request> = {}): Request {
  return smallRequest({
    references: [{ kind: 'subject', id: 'a', name: 'mei', image }],
    shots: [{ prompt: [{ mention: 'a' }, ' waves.'], seconds: 1 }],
    ...change,
  });
}

/** A request with one place whose picture is that medium: nothing is cut out of it. */
export function sceneRequest(image: string): Request {
  return smallRequest({
    references: [{ kind: 'scene', id: 'b', name: 'hall', image }],
    shots: [{ prompt: ['Rain falls in ', { mention: 'b' }, '.'], seconds: 1 }],
  });
}

/** A red disc on white, as PNG; the number makes it another one. */
export async function picture(number = 0): Promise<Buffer> {
  const disc = `<svg width="96" height="96"><rect width="96" height="96" fill="#fff"/>
    <circle cx="48" cy="48" r="30" fill="rgb(200,${number % 256},${number >> 8})"/></svg>`;
  return await sharp(Buffer.from(disc)).png().toBuffer();
}

export function dataUri(bytes: Buffer, type = 'image/png'): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}

/** Waits for the end of a generation and gives it. */
export async function ended(generations: Generations, caller: Caller, id: string, state: State = 'done') {
  const generation = await generations.wait(caller, id, 110);
  if (generation?.state !== state)
    throw new Error(`${id} is ${generation?.state}: ${JSON.stringify(generation?.attempts, null, 1)}`);
  return generation;
}

/** Submits, and gives the generation, which must be accepted. */
export async function accepted(generations: Generations, caller: Caller, asked: Submission = submission()) {
  const outcome = await generations.submit(caller, asked);
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.problems)}`);
  return outcome.value;
}
