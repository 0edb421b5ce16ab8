import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { defaultWorkspace, keepAsset, openDatabase, openFolderFiles } from './store/index.ts';
import { makeTestFolder } from './store/test-store.ts';
import { startUpkeep } from './upkeep.ts';

const folder = await makeTestFolder('upkeep');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what no row names goes, what a row names stays', async () => {
  const database = await openDatabase({ folder });
  // A clock that is two hours ahead makes every file old enough.
  const files = await openFolderFiles(join(folder, 'files'), () => Date.now() + 7_200_000);
  const stored = (text: string) =>
    files.put(
      (async function* () {
        yield Buffer.from(text);
      })(),
    );
  const [named, orphan] = [await stored('named'), await stored('orphan')];
  const { id } = await defaultWorkspace(database.connection);
  const facts = { kind: 'audio', seconds: 1, sampleRate: 8000, channels: 1, codec: 'pcm' } as const;
  const mediaType = 'audio/wav';
  await keepAsset(database.connection, id, {
    ...{ ...named, mediaType, name: null },
    facts: { ...facts, ...named, mediaType },
  });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const upkeep = startUpkeep({ database, files, onError, firstSeconds: 0.01, everySeconds: 0.01 });
  await vi.waitFor(async () => expect(await files.has(orphan.sha256)).toBe(false), 10_000);
  expect(await files.has(named.sha256)).toBe(true);
  await upkeep.close();
  await database.close();
  expect(errors).toEqual([]);
});
