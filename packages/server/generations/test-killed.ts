import { join } from 'node:path';
import { openGuardedFetch } from '../fetch/index.ts';
import { defaultWorkspace, openDatabase, openFolderFiles } from '../store/index.ts';
import { openGenerations } from './open-generations.ts';
import { dataUri, picture, sceneRequest, submission } from './test-ground.ts';

// A server until it is killed: accepts two generations, one whose picture lies at an address, and says aloud what happens.

const [folder = '', base = '', round = '0'] = process.argv.slice(2);
const database = await openDatabase({ folder });
const files = await openFolderFiles(join(folder, 'files'));
const generations = await openGenerations({
  database,
  files,
  fetch: openGuardedFetch({ allow: ['127.0.0.1'] }),
  workFolder: join(folder, 'work'),
  limits: { leaseSeconds: 2, idleSeconds: 0.1 },
});
const { id: workspace } = await defaultWorkspace(database.connection);
const caller = { workspace, keyId: undefined };
const say = (...words: string[]) => process.stdout.write(`${words.join(' ')} .\n`);

async function listen(): Promise<never> {
  for await (const { kind, data } of generations.events(caller, undefined, new AbortController().signal)) {
    const { state } = data as { state?: string };
    say('event', kind === 'generation.state' ? state! : kind);
  }
  throw new Error('the events ended');
}
void listen();
const byAddress = sceneRequest(`${base}/${round}.png`);
const withData = sceneRequest(dataUri(await picture(Number(round))));
await Promise.all(
  [byAddress, withData].map(async (request) => {
    const outcome = await generations.submit(caller, submission(request));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    say('accepted', outcome.value.id);
  }),
);
