import { join } from 'node:path';
import { createGeneration, defaultWorkspace, inTransaction, openDatabase, openFolderFiles } from '../index.ts';

// Accepts generations without end until it is killed; a line is written once its commit has returned.

const folder = process.argv[2]!;
const { connection } = await openDatabase({ folder }, { maintenanceSeconds: 0.05 });
const files = await openFolderFiles(join(folder, 'files'));
const { id: workspace } = await defaultWorkspace(connection);

async function write(lane: number): Promise<never> {
  for (let count = 0; ; count++) {
    const { sha256 } = await files.put(content(`${process.pid} ${lane} ${count} ${'film '.repeat(5_000)}`));
    const { id } = await inTransaction(connection, (transaction) =>
      createGeneration(transaction, workspace, {
        keyId: null,
        dialect: 'refreel',
        echo: { filler: 'x'.repeat(2_000) },
        request: { model: 'animatic', references: [], shots: [{ prompt: ['A lamp is lit.'] }] },
        notes: [],
        quote: null,
        state: 'queued',
        attempts: [{ producer: 'animatic' }],
      }),
    );
    process.stdout.write(`${workspace} ${id} ${sha256} .\n`);
  }
}

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

await Promise.all([write(0), write(1), write(2)]);
