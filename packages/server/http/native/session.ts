import { problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { endSession, findWorkspace, listKeys } from '../../store/index.ts';
import { json } from '../answer.ts';
import type { Parts } from '../parts.ts';
import { type Call, type Route, route } from '../route.ts';
import { openSessions } from '../session.ts';

export const SessionAnswer = z.object({
  /** Whether callers need a key at all. */
  keyNeeded: z.boolean(),
  /** How the caller was recognised; `machine` where no key is needed; null for nobody. */
  by: z.enum(['key', 'session', 'machine']).nullable(),
  workspace: z.object({ id: z.string(), name: z.string() }).nullable(),
  key: z.object({ id: z.string(), name: z.string(), prefix: z.string() }).nullable(),
  /** `sandbox`: nothing is sent to a vendor, every model is drawn here. `live`: what an account can make is sent there, and paid for. */
  mode: z.enum(['sandbox', 'live']),
  /** Of a session. */
  expiresAt: z.iso.datetime().nullable(),
});
const common = { path: '/v1/session', owned: false, group: 'Session' } as const;

/** What a browser has instead of a key: a cookie that no script can read. */
export const sessionRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    access: 'caller',
    summary: 'Exchange a key for a cookie, which is good until the session is ended or the key revoked, or for 30 days',
    body: { schema: z.strictObject({}), optional: true },
    answers: { 200: { says: 'Who the caller is; the cookie is set where a key was sent', schema: SessionAnswer } },
    async answer(call, parts) {
      const { workspace, keyId } = call.caller;
      if (keyId === undefined) return json(200, await describe(call, parts));
      // A cookie does not prolong itself: whoever took one away has it for its time and no longer.
      if (call.request.headers.get('authorization') === null) throw new Refusal(problem('key_needed', ''));
      const { cookie, expiresAt } = openSessions(parts.signer, parts.door).begin(workspace, keyId);
      const told = await describe(call, parts);
      return json(200, { ...told, by: 'session', expiresAt }, { 'set-cookie': cookie });
    },
  }),
  route({
    ...common,
    method: 'GET',
    access: 'visitor',
    summary: 'Who the caller is, and whether a key is needed',
    answers: { 200: { says: 'What this server knows of the caller', schema: SessionAnswer } },
    answer: async (call, parts) => json(200, await describe(call, parts)),
  }),
  route({
    ...common,
    method: 'DELETE',
    access: 'visitor',
    summary: 'End the session: its cookie is taken back, and a copy of it opens nothing from now on',
    answers: { 204: { says: 'There is none any more' } },
    async answer({ request }, { signer, door, database }) {
      const sessions = openSessions(signer, door);
      const session = sessions.read(request.headers);
      if (session !== undefined) {
        const { id, workspace, expiresAt: until } = session;
        await endSession(database.connection, workspace, { id, until });
      }
      return new Response(null, {
        status: 204,
        headers: { 'set-cookie': sessions.end(), 'cache-control': 'no-store' },
      });
    },
  }),
];

async function describe(call: Call, parts: Parts) {
  // Nobody where the route lets visitors in.
  const caller = call.caller as Call['caller'] | undefined;
  const { mode } = parts;
  if (caller === undefined) return { keyNeeded: true, by: null, workspace: null, key: null, mode, expiresAt: null };
  const { connection } = parts.database;
  const { workspace: id, keyId } = caller;
  const workspace = await findWorkspace(connection, id);
  const key = keyId === undefined ? undefined : (await listKeys(connection, id)).find((one) => one.id === keyId);
  const byKey = call.request.headers.get('authorization') !== null;
  const session = byKey ? undefined : openSessions(parts.signer, parts.door).read(call.request.headers);
  return {
    keyNeeded: keyId !== undefined,
    by: keyId === undefined ? 'machine' : byKey ? 'key' : 'session',
    workspace: workspace === undefined ? null : { id, name: workspace.name },
    key: key === undefined ? null : { id: key.id, name: key.name, prefix: key.prefix },
    mode,
    expiresAt: (keyId !== undefined && session?.expiresAt) || null,
  };
}
