import { createHash, randomUUID } from 'node:crypto';
import type { Request } from '../packages/core/model/index.ts';
import {
  beginRequest,
  createGeneration,
  defaultWorkspace,
  finishRequest,
  openDatabase,
} from '../packages/server/store/index.ts';
import { hammer } from './hammer.ts';

// The limit of `bench/api.ts`: the statements of an acceptance and nothing else, in a process of its own. What is written is what the
// server wrote: a generation is given, with the answer that was kept for it.

const { where, count, atOnce, generation, answer } = JSON.parse(process.argv[2]!) as {
  readonly where: { readonly folder: string } | { readonly url: string };
  readonly count: number;
  readonly atOnce: number;
  readonly generation: { readonly request: Request; readonly notes: []; readonly quote: unknown };
  readonly answer: string;
};
const database = await openDatabase(where);
const { connection } = database;
const { id: workspace } = await defaultWorkspace(connection);

const accept = async () => {
  const key = randomUUID();
  const bodySha256 = createHash('sha256').update(key).digest('hex');
  const repeatable = { dialect: 'native', key, bodySha256 };
  const publicId = `once_${bodySha256.slice(0, 40)}_0`;
  const begun = await beginRequest(connection, workspace, repeatable);
  if (begun.is !== 'new') throw new Error(begun.is);
  await createGeneration(connection, workspace, {
    ...{ keyId: null, dialect: 'native', publicId, echo: {}, idempotencyKey: key, state: 'queued' },
    ...generation,
    attempts: [{ producer: 'animatic' }],
  });
  await finishRequest(connection, workspace, repeatable, begun.token, { status: 202, headers: {}, body: answer });
};
await hammer(count, atOnce, accept);
const { perSecond } = await hammer(count, atOnce, accept);
process.stdout.write(`${perSecond}\n`);
await database.close();
