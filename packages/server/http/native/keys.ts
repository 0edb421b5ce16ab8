import { problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { createKey, type Key, listKeys, listWorkspaces, revokeKey, type Workspace } from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';
import { workspaceForKey, workspaceNamed } from '../workspace-named.ts';
import { KeyAnswer } from './shapes.ts';

const Name = z.string().trim().min(1).max(100);
/** Ten minutes, for which whatever a client marks as the same counts as one anyway, to a day. */
const RepeatSeconds = z.int().min(600).max(86_400);
const query = z.strictObject({ workspace: Name.optional() });
const common = { path: '/v1/keys', access: 'admin', owned: false, group: 'Keys' } as const;

/** Keys are made by the administrator. `lock` is told that from now on everybody needs one. */
export function keyRoutes(lock: () => void): readonly Route[] {
  return [
    route({
      ...common,
      method: 'POST',
      summary: 'Make a key; its secret is told this once',
      body: {
        schema: z.strictObject({ name: Name, workspace: Name.optional(), repeatSeconds: RepeatSeconds.optional() }),
      },
      answers: {
        201: { says: 'The key with its secret', schema: KeyAnswer.extend({ secret: z.string() }) },
        403: { says: 'Not the administrator' },
      },
      async answer({ body }, { database: { connection } }) {
        const workspace = await workspaceForKey(connection, body.workspace);
        if (workspace === undefined) throw new Refusal(unknownWorkspace(body.workspace));
        const { key, secret } = await createKey(connection, workspace.id, body.name, body);
        lock();
        return json(201, { ...writeKey(key, workspace), secret });
      },
    }),
    route({
      ...common,
      method: 'GET',
      summary: 'Every key, or those of one workspace; never a secret',
      query,
      answers: {
        200: { says: 'The keys, revoked ones too', schema: z.object({ items: z.array(KeyAnswer) }) },
        403: { says: 'Not the administrator' },
      },
      async answer({ query: { workspace: name } }, { database: { connection } }) {
        const one = name === undefined ? undefined : await workspaceNamed(connection, name);
        if (name !== undefined && one === undefined) throw new Refusal(unknownWorkspace(name));
        const items: ReturnType<typeof writeKey>[] = [];
        for (const workspace of one === undefined ? await listWorkspaces(connection) : [one])
          for (const key of await listKeys(connection, workspace.id)) items.push(writeKey(key, workspace));
        return json(200, { items });
      },
    }),
    route({
      ...common,
      method: 'DELETE',
      path: '/v1/keys/{id}',
      summary: 'Revoke a key: from now on it opens nothing',
      answers: { 200: { says: 'The key, revoked', schema: KeyAnswer }, 404: { says: 'No such key' } },
      async answer({ path }, { database: { connection } }) {
        for (const workspace of await listWorkspaces(connection)) {
          const key = await revokeKey(connection, workspace.id, path.id!);
          if (key !== undefined) return json(200, writeKey(key, workspace));
        }
        throw new Refusal(problem('key_unknown', 'id', { found: path.id!.slice(0, 100) }));
      },
    }),
  ];
}

export function writeKey(key: Key, workspace: Workspace) {
  return { ...key, workspace: workspace.id };
}

function unknownWorkspace(name: string | undefined) {
  return problem('workspace_unknown', 'workspace', { found: name ?? '' });
}
