import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  backupStore,
  createGeneration,
  defaultWorkspace,
  inTransaction,
  keepAsset,
  namedHashes,
  openDatabase,
  openFolderFiles,
} from '../index.ts';

// Accepts generations and keeps assets without end until it is killed, sweeps and backs up meanwhile; a line is written once its
// commit has returned.

const folder = process.argv[2]!;
const facts = {
  kind: 'audio',
  mediaType: 'audio/wav',
  seconds: 1,
  sampleRate: 8000,
  channels: 1,
  codec: 'pcm',
} as const;
const { connection } = await openDatabase({ folder }, { maintenanceSeconds: 0.05 });
const files = await openFolderFiles(join(folder, 'files'));
const { id: workspace } = await defaultWorkspace(connection);

async function write(lane: number): Promise<never> {
  for (let count = 0; ; count++) {
    const { sha256, bytes } = await files.put(content(`${process.pid} ${lane} ${count} ${'film '.repeat(5_000)}`));
    // Nobody names it: the sweep is to take it.
    await files.put(content(`orphan ${process.pid} ${lane} ${count}`));
    const { id } = await inTransaction(connection, async (transaction) => {
      await keepAsset(transaction, workspace, {
        sha256,
        bytes,
        mediaType: 'audio/wav',
        name: null,
        facts: { ...facts, sha256, bytes },
      });
      return await createGeneration(transaction, workspace, {
        keyId: null,
        dialect: 'refreel',
        echo: { filler: 'x'.repeat(2_000) },
        request: { model: 'animatic', references: [], shots: [{ prompt: ['A lamp is lit.'] }] },
        notes: [],
        quote: null,
        state: 'queued',
        attempts: [{ producer: 'animatic' }],
      });
    });
    process.stdout.write(`${workspace} ${id} ${sha256} .\n`);
  }
}

/** Old enough for a file of the round before; a file whose row is still to come is younger. */
const sweptSeconds = 1;

async function sweep(): Promise<never> {
  for (;;) {
    await files.sweep((hashes) => namedHashes(connection, hashes), sweptSeconds);
    await pause(25);
  }
}

async function backUp(): Promise<never> {
  for (let count = 0; ; count++) {
    await pause(50);
    await backupStore(connection, files, `${folder} backup ${process.pid} ${count}`, folder);
  }
}

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

await Promise.all([write(0), write(1), write(2), sweep(), backUp()]);
