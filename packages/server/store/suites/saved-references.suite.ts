import type { Reference } from '@refreel/core/model';
import { expect, test } from 'vitest';
import {
  CursorError,
  createGeneration,
  findGeneration,
  findReferences,
  listReferences,
  removeReference,
  saveReference,
  usesOfReferences,
} from '../index.ts';
import { makeTenant, newGeneration, type StoreUnderTest } from './samples.ts';

const image = `asset:${'a'.repeat(64)}`;
const mei: Reference = { kind: 'subject', id: 'mei', name: 'mei', image, angles: [image] };

export function savedReferences(store: StoreUnderTest): void {
  test('a reference is kept under a name of its own, and found by it and by its id', async () => {
    const { connection } = store();
    const [ours, theirs] = [(await makeTenant(store())).workspace, (await makeTenant(store())).workspace];
    const saved = (await saveReference(connection, ours, mei, 'a girl'))!;
    expect(saved).toMatchObject({ name: 'mei', description: 'a girl', createdAt: expect.any(Date) });
    expect(saved.reference).toEqual({ ...mei, id: saved.id });
    expect(await saveReference(connection, ours, { ...mei, kind: 'scene', image }, null)).toBeUndefined();
    expect(await saveReference(connection, theirs, mei, null)).toBeDefined();
    for (const word of ['mei', saved.id])
      expect(await findReferences(connection, ours, [word, 'nobody'])).toEqual([saved]);
    expect(await findReferences(connection, ours, [])).toEqual([]);
  });

  test('its generations are told, and stay as they are when it goes', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const { workspace } = tenant;
    const saved = (await saveReference(connection, workspace, mei, null))!;
    const request = { ...newGeneration(tenant).request, references: [saved.reference, { ...mei, id: 'plain' }] };
    const ids: string[] = [];
    for (let made = 0; made < 3; made++)
      ids.unshift((await createGeneration(connection, workspace, newGeneration(tenant, { request }))).id);
    await createGeneration(connection, workspace, newGeneration(tenant));
    expect(await usesOfReferences(connection, workspace, [saved.id], 2)).toEqual([
      { count: 3, newest: ids.slice(0, 2) },
    ]);
    expect(await removeReference(connection, workspace, saved.id)).toEqual(saved);
    expect(await removeReference(connection, workspace, saved.id)).toBeUndefined();
    expect(await usesOfReferences(connection, workspace, [saved.id], 2)).toEqual([{ count: 0, newest: [] }]);
    expect((await findGeneration(connection, workspace, { id: ids[0]! }))?.request).toEqual(request);
    // What is gone is no obstacle: a remix of such a generation names it still.
    await createGeneration(connection, workspace, newGeneration(tenant, { request }));
    expect(await saveReference(connection, workspace, mei, null)).toBeDefined();
  });

  test('they are listed newest first, page by page, none twice', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    for (const name of ['a', 'b', 'c', 'd', 'e']) await saveReference(connection, workspace, { ...mei, name }, null);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listReferences(connection, workspace, { limit: 2, cursor });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    await expect(listReferences(connection, workspace, { limit: 2, cursor: 'x' })).rejects.toThrow(CursorError);
  });
}
