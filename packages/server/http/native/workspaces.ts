import { problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { addWorkspace, listWorkspaces } from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Route, route } from '../route.ts';

const WorkspaceAnswer = z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() });
const Name = z.string().trim().min(1).max(100);
const common = { path: '/v1/workspaces', access: 'admin', owned: false, group: 'Workspaces' } as const;
const forbidden = { says: 'Not the administrator' };

/** The tenants of the server. Each sees its own and nothing else; keys open one of them. */
export const workspaceRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    summary: 'Make a workspace',
    body: { schema: z.strictObject({ name: Name }) },
    answers: {
      201: { says: 'It is made', schema: WorkspaceAnswer },
      403: forbidden,
      409: { says: 'The name is taken' },
    },
    async answer({ body: { name } }, { database }) {
      if (name.startsWith('wsp_')) {
        // An id names a workspace too, so no name may look like one.
        const found = { en: 'it begins like an id, with "wsp_"', zh: '以“wsp_”开头，与 id 形式相同' };
        throw new Refusal(problem('invalid_request', 'name', { found }));
      }
      const made = await addWorkspace(database.connection, name);
      if (made === undefined) throw new Refusal(problem('workspace_name_taken', 'name', { found: name }));
      return json(201, made);
    },
  }),
  route({
    ...common,
    method: 'GET',
    summary: 'Every workspace, oldest first',
    answers: { 200: { says: 'All of them', schema: z.object({ items: z.array(WorkspaceAnswer) }) }, 403: forbidden },
    answer: async (_, { database }) => json(200, { items: await listWorkspaces(database.connection) }),
  }),
];
