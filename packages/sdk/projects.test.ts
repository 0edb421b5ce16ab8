import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../server/test-server.ts';
import { openRefreel, type Refreel } from './index.ts';

const hookMilliseconds = 60_000;

let server: TestServer;
let refreel: Refreel;
beforeAll(async () => {
  server = await startTestServer();
  refreel = openRefreel({ baseUrl: server.url });
}, hookMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

test('a project is kept, saved, found, and brought back', async () => {
  const { projects } = refreel;
  const { id, version } = await projects.create({ name: 'Rain', document: { at: 1 } });
  expect(version).toBe(1);
  const saved = await projects.save(id, { base: 1, name: 'Snow', document: { at: 2 }, device: 'a test' });
  expect(saved).toMatchObject({ id, name: 'Snow', version: 2, device: 'a test', key: null });
  await expect(projects.save(id, { base: 1, document: { at: 3 } })).rejects.toMatchObject({
    status: 409,
    problems: [{ code: 'project_changed', values: { found: 2, limit: 1 } }],
  });
  expect(await projects.get(id)).toMatchObject({ document: { at: 2 }, missing: [] });
  expect((await projects.versions(id)).map(({ name }) => name)).toEqual(['Snow', 'Rain']);
  expect((await projects.version(id, 1)).document).toEqual({ at: 1 });
  expect(await projects.restore(id, 1, { base: 2 })).toMatchObject({ version: 3, name: 'Snow' });
  const other = await projects.create({ name: 'Other', document: {} });
  const names: string[] = [];
  for await (const one of projects.list({ limit: 1 })) names.push(one.name);
  expect(names).toEqual(['Other', 'Snow']);
  await projects.delete(other.id);
  expect((await projects.page({ deleted: true })).items.map(({ name }) => name)).toEqual(['Other']);
  expect(await projects.undelete(other.id)).toMatchObject({ id: other.id, deletedAt: null });
});
