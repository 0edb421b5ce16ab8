import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  CursorError,
  createProject,
  findProject,
  findVersion,
  keepAsset,
  listProjects,
  listVersions,
  makeId,
  mostVersions,
  saveProject,
  setDeleted,
  type WorkspaceId,
} from '../index.ts';
import { sweepRows } from '../sweep-rows.ts';
import { makeTenant, type StoreUnderTest } from './samples.ts';

const nobody = { keyId: null, device: null, sitting: null };

export function projects(store: StoreUnderTest): void {
  const owner = async () => (await makeTenant(store())).workspace;
  const make = async (workspace: WorkspaceId, name = 'Rain') => {
    const { connection } = store();
    const made = await createProject(connection, workspace, {
      ...nobody,
      id: makeId('prj'),
      name,
      document: { at: 1 },
    });
    return made.project;
  };

  test('whoever saves on top of what he has not seen is told, and nothing is overwritten', async () => {
    const { connection } = store();
    const workspace = await owner();
    const { id } = await make(workspace);
    const save = (base: number, at: number, device: string) =>
      saveProject(connection, workspace, id, { ...nobody, device, base, document: { at } });
    expect(await save(1, 2, 'mine')).toMatchObject({ is: 'saved', project: { version: 2, device: 'mine' } });
    expect(await save(1, 3, 'yours')).toMatchObject({ is: 'changed', project: { version: 2, device: 'mine' } });
    expect((await findVersion(connection, workspace, id, 2))?.document).toEqual({ at: 2 });
    // An answer that was lost: the same again is saved already.
    expect(await save(1, 2, 'mine')).toMatchObject({ is: 'saved', project: { version: 2 } });
    expect(await save(2, 3, 'yours')).toMatchObject({ is: 'saved', project: { version: 3, device: 'yours' } });
    expect((await listVersions(connection, workspace, id)).map(({ version }) => version)).toEqual([3, 2, 1]);
    const again = { ...nobody, id, name: 'Rain', document: { at: 3 } };
    expect(await createProject(connection, workspace, again)).toMatchObject({ is: 'saved', project: { version: 3 } });
    const other = { ...again, document: { at: 0 } };
    expect(await createProject(connection, workspace, other)).toMatchObject({ is: 'changed', project: { version: 3 } });
  });

  test('of two that save at once one is told', async () => {
    const { connection } = store();
    const workspace = await owner();
    const { id } = await make(workspace);
    const both = await Promise.all(
      [2, 3].map((at) => saveProject(connection, workspace, id, { ...nobody, base: 1, document: { at } })),
    );
    expect(both.map((one) => one?.is).sort()).toEqual(['changed', 'saved']);
  });

  test('saves of one sitting are one version until ten minutes have passed; those of another are not lost in it', async () => {
    const { connection } = store();
    const workspace = await owner();
    const { id } = await make(workspace);
    const save = (base: number, sitting: string | null) =>
      saveProject(connection, workspace, id, { ...nobody, sitting, base, document: { from: base } });
    const kept = async () => (await listVersions(connection, workspace, id)).map(({ version }) => version);
    for (const [base, sitting] of [
      [1, 'a'],
      [2, 'a'],
      [3, 'a'],
      [4, 'b'],
      [5, 'a'],
    ] as const)
      await save(base, sitting);
    expect(await kept()).toEqual([6, 5, 4, 1]);
    await sql`
      update project_versions set began_at = began_at - interval '11 minutes'
      where workspace_id = ${workspace} and project_id = ${id}
    `.execute(connection);
    await save(6, 'a');
    expect(await kept()).toEqual([7, 6, 5, 4, 1]);
    for (let base = 7; base < 7 + mostVersions; base++) await save(base, null);
    expect(await kept()).toHaveLength(mostVersions);
  });

  test('a picture that a version names is held by it', async () => {
    const { connection } = store();
    const [workspace, stranger] = [await owner(), await owner()];
    const [image, sound, unknown] = ['7', '8', '9'].map((digit) => digit.repeat(64)) as [string, string, string];
    for (const [sha256, mediaType] of [
      [image, 'image/png'],
      [sound, 'audio/wav'],
    ] as const) {
      const facts = {
        kind: 'audio',
        mediaType,
        bytes: 1,
        sha256,
        seconds: 1,
        sampleRate: 8,
        channels: 1,
        codec: 'pcm',
      };
      await keepAsset(connection, workspace, { sha256, mediaType, bytes: 1, name: null, facts: facts as never });
    }
    const document = { list: [`asset:${unknown}`, { voice: `asset:${sound}`, image: `asset:${image}` }] };
    const { project } = await createProject(connection, workspace, {
      ...nobody,
      id: makeId('prj'),
      name: 'x',
      document,
    });
    expect(project.picture).toBe(image);
    const theirs = await createProject(connection, stranger, { ...nobody, id: project.id, name: 'x', document });
    expect(theirs).toMatchObject({ is: 'saved', project: { picture: null } });
    await expect(
      sql`delete from assets where workspace_id = ${workspace} and sha256 = ${image}`.execute(connection),
    ).rejects.toThrow();
  });

  test('they are listed last changed first, page by page; deleted ones apart, until they go for good', async () => {
    const { connection } = store();
    const workspace = await owner();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ids.push((await make(workspace, name)).id);
    await saveProject(connection, workspace, ids[0]!, { ...nobody, base: 1, name: 'A' });
    const names = async (deleted = false) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listProjects(connection, workspace, { limit: 2, cursor, deleted });
        seen.push(...page.items.map(({ name }) => name));
        cursor = page.cursor;
      } while (cursor !== undefined);
      return seen;
    };
    expect(await names()).toEqual(['A', 'd', 'c', 'b']);
    await expect(listProjects(connection, workspace, { limit: 2, cursor: 'x' })).rejects.toThrow(CursorError);
    expect(await setDeleted(connection, workspace, ids[1]!, true)).toMatchObject({ name: 'b' });
    expect(await setDeleted(connection, workspace, ids[1]!, true)).toBeUndefined();
    expect([await names(), await names(true)]).toEqual([['A', 'd', 'c'], ['b']]);
    expect(await saveProject(connection, workspace, ids[1]!, { ...nobody, base: 1, name: 'B' })).toBeUndefined();
    expect(await setDeleted(connection, workspace, ids[1]!, false)).toMatchObject({ deletedAt: null });
    await setDeleted(connection, workspace, ids[2]!, true);
    await setDeleted(connection, workspace, ids[3]!, true);
    await sql`
      update projects set deleted_at = now() - interval '31 days' where workspace_id = ${workspace} and id = ${ids[2]}
    `.execute(connection);
    await sweepRows(connection);
    expect([await names(), await names(true)]).toEqual([['A', 'b'], ['d']]);
    expect(await findProject(connection, workspace, ids[2]!)).toBeUndefined();
  });
}
