import { expect, test } from 'vitest';
import {
  cancelGeneration,
  createGeneration,
  createProject,
  eventsSince,
  findAnswer,
  findAsset,
  findFilm,
  findGeneration,
  findProject,
  findReferences,
  findVersion,
  type GenerationName,
  keepAsset,
  lastEvent,
  listAssets,
  listFilms,
  listGenerations,
  listKeys,
  listProjects,
  listReferences,
  listVersions,
  moveAttempt,
  releaseAttempt,
  removeReference,
  renewAttempt,
  resolveAttempt,
  revokeKey,
  saveProject,
  saveReference,
  setDeleted,
  startAttempt,
  usesOfReferences,
  type WorkspaceId,
} from '../index.ts';
import { accept, claimOne, makeTenant, newGeneration, type StoreUnderTest, sampleFilm } from './samples.ts';

export function owners(store: StoreUnderTest): void {
  test('a stranger sees nothing of a workspace and changes nothing, knowing every id of it', async () => {
    const { connection } = store();
    const mine = await makeTenant(store());
    const stranger = (await makeTenant(store())).workspace;
    const sha256 = '5'.repeat(64);
    const facts = {
      kind: 'audio',
      mediaType: 'audio/wav',
      bytes: 1,
      sha256,
      seconds: 1,
      sampleRate: 8,
      channels: 1,
      codec: 'pcm',
    } as const;
    await keepAsset(connection, mine.workspace, { sha256, mediaType: 'audio/wav', bytes: 1, name: null, facts });
    const done = await accept(store(), mine);
    const finished = await claimOne(store(), mine.account);
    await startAttempt(connection, finished.claim, {});
    await moveAttempt(connection, finished.claim, 'done', { films: [sampleFilm] });
    const kept = { kind: 'subject', id: 'mei', name: 'mei', image: `asset:${sha256}` } as const;
    const saved = (await saveReference(connection, mine.workspace, kept, null))!;
    const request = { ...newGeneration(mine).request, references: [saved.reference] };
    const { id } = await createGeneration(connection, mine.workspace, newGeneration(mine, { request }));
    // Knowing its id, a stranger's request uses nothing of it.
    const other = (await makeTenant(store())).workspace;
    await createGeneration(connection, other, newGeneration(mine, { request, keyId: null }));
    expect((await usesOfReferences(connection, other, [saved.id], 9))[0]?.count).toBe(0);
    const { claim } = await claimOne(store(), mine.account);
    const nobody = { keyId: null, device: null, sitting: null };
    const drafted = { ...nobody, id: `prj_${'p'.repeat(26)}`, name: 'Rain', document: { image: `asset:${sha256}` } };
    const { project } = await createProject(connection, mine.workspace, drafted);

    const look = async (workspace: WorkspaceId) => {
      const find = (name: GenerationName) => findGeneration(connection, workspace, name);
      return [
        await find({ id }),
        await find({ dialect: 'refreel', publicId: id }),
        (await listGenerations(connection, workspace, { limit: 9 })).items.length || undefined,
        (await listFilms(connection, workspace, done)).length || undefined,
        await findFilm(connection, workspace, done, 0),
        await findAsset(connection, workspace, sha256),
        (await listAssets(connection, workspace, { limit: 9 })).items.length || undefined,
        (await eventsSince(connection, workspace, 0)).length || undefined,
        (await lastEvent(connection, workspace)) || undefined,
        (await listKeys(connection, workspace)).find((key) => key.id === mine.key),
        (await findReferences(connection, workspace, [saved.id]))[0],
        (await findReferences(connection, workspace, ['mei']))[0],
        (await listReferences(connection, workspace, { limit: 9 })).items.length || undefined,
        (await usesOfReferences(connection, workspace, [saved.id], 9))[0]?.count || undefined,
        await findProject(connection, workspace, project.id),
        await findVersion(connection, workspace, project.id, 1),
        (await listVersions(connection, workspace, project.id)).length || undefined,
        (await listProjects(connection, workspace, { limit: 9 })).items.length || undefined,
      ];
    };
    const before = await look(mine.workspace);
    expect(before.every((found) => found !== undefined)).toBe(true);
    expect((await look(stranger)).every((found) => found === undefined)).toBe(true);

    const stolen = { ...claim, workspace: stranger };
    expect(await moveAttempt(connection, stolen, 'failed')).toBeUndefined();
    expect(await startAttempt(connection, stolen, {})).toBeUndefined();
    expect(await renewAttempt(connection, stolen, 60)).toBeUndefined();
    expect(await releaseAttempt(connection, stolen, { dueInSeconds: 0 })).toBe(false);
    expect(await resolveAttempt(connection, stranger, claim, { to: 'queued' })).toBeUndefined();
    expect(await cancelGeneration(connection, stranger, id)).toBeUndefined();
    expect(await removeReference(connection, stranger, saved.id)).toBeUndefined();
    expect(await saveProject(connection, stranger, project.id, { ...nobody, base: 1, name: 'Snow' })).toBeUndefined();
    expect(await setDeleted(connection, stranger, project.id, true)).toBeUndefined();
    expect(await revokeKey(connection, stranger, mine.key)).toBeUndefined();
    expect(await findAnswer(connection, stranger, { dialect: 'refreel', key: 'k', bodySha256: '' })).toBeUndefined();
    expect(await look(mine.workspace)).toEqual(before);
  });
}
