import { type Problem, problem, Refusal } from '@refreel/core/model';
import {
  createKey,
  type Database,
  listKeys,
  listWorkspaces,
  openStore,
  revokeKey,
  workspaceForKey,
  workspaceNamed,
} from '@refreel/server/main';
import { exitCodes } from '../exit-codes.ts';
import type { KeyFlags } from '../flags.ts';
import { languageFrom } from '../show/words.ts';
import { settingsFrom, tellStoreError } from './serve.ts';

/** A key as the list shows it. */
interface ShownKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly workspace: string;
  readonly revokedAt: Date | string | null;
  readonly secret?: string;
}

/** Makes a key and shows its secret. The answer is the exit code. */
export function makeKey(name: string, flags: KeyFlags): Promise<number> {
  return tell(flags, async (database) => {
    const { repeatSeconds } = flags;
    if (database === undefined)
      return [await ask<ShownKey>(flags, 'POST', '', { name, workspace: flags.workspace, repeatSeconds })];
    const workspace = await workspaceForKey(database.connection, flags.workspace);
    if (workspace === undefined) throw unknownWorkspace(flags);
    const { key, secret } = await createKey(database.connection, workspace.id, name, { repeatSeconds });
    return [{ ...key, workspace: workspace.id, secret }];
  });
}

/** Lists keys. The answer is the exit code. */
export function tellKeys(flags: KeyFlags): Promise<number> {
  return tell(flags, async (database) => {
    const query = flags.workspace === undefined ? '' : `?workspace=${encodeURIComponent(flags.workspace)}`;
    if (database === undefined) return (await ask<{ items: ShownKey[] }>(flags, 'GET', query)).items;
    const { connection } = database;
    const one = flags.workspace === undefined ? undefined : await workspaceNamed(connection, flags.workspace);
    if (flags.workspace !== undefined && one === undefined) throw unknownWorkspace(flags);
    const found: ShownKey[] = [];
    for (const { id } of one === undefined ? await listWorkspaces(connection) : [one])
      found.push(...(await listKeys(connection, id)).map((key) => ({ ...key, workspace: id })));
    return found;
  });
}

/** Revokes a key. The answer is the exit code. */
export function endKey(id: string, flags: KeyFlags): Promise<number> {
  return tell(flags, async (database) => {
    if (database === undefined) return [await ask<ShownKey>(flags, 'DELETE', `/${encodeURIComponent(id)}`)];
    for (const workspace of await listWorkspaces(database.connection)) {
      const key = await revokeKey(database.connection, workspace.id, id);
      if (key !== undefined) return [{ ...key, workspace: workspace.id }];
    }
    throw new Refusal(problem('key_unknown', 'id', { found: id }));
  });
}

async function tell(flags: KeyFlags, work: (database: Database | undefined) => Promise<ShownKey[]>): Promise<number> {
  let database: Database | undefined;
  try {
    if (flags.server === undefined) database = await openStore(settingsFrom(flags));
    const keys = await work(database);
    process.stdout.write(flags.json ? `${JSON.stringify(keys, null, 2)}\n` : keys.map(lineOf).join(''));
    const once = { en: 'Keep it now: it is not shown again.', zh: '请立即保存：之后不再显示。' };
    if (keys.some(({ secret }) => secret !== undefined) && !flags.json)
      process.stderr.write(`${once[languageFrom(flags.lang)]}\n`);
    return exitCodes.done;
  } catch (error) {
    return tellStoreError(error);
  } finally {
    await database?.close();
  }
}

function lineOf({ id, name, prefix, workspace, revokedAt, secret }: ShownKey): string {
  return `${[id, secret ?? `${prefix}…`, workspace, name, ...(revokedAt === null ? [] : ['revoked'])].join('  ')}\n`;
}

/** Asks a running server, as its administrator. */
async function ask<Answer>(flags: KeyFlags, method: string, rest: string, body?: object): Promise<Answer> {
  const address = `${flags.server!.replace(/\/+$/, '')}/v1/keys${rest}`;
  if (!URL.canParse(address)) throw new Refusal(problem('server_address', 'server', { found: flags.server! }));
  const answer = await fetch(address, {
    method,
    headers: {
      authorization: `Bearer ${process.env.REFREEL_ADMIN_KEY ?? ''}`,
      'accept-language': languageFrom(flags.lang),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    const limit = error.cause instanceof Error ? error.cause.message : error.message;
    throw new Refusal(problem('server_unreachable', '', { found: flags.server!, limit }));
  });
  const told = (await answer.json().catch(() => undefined)) as Answer & { readonly problems?: readonly Problem[] };
  if (answer.ok && told !== undefined) return told;
  if (told?.problems !== undefined) throw new Refusal(...told.problems);
  throw new Refusal(problem('server_foreign', '', { found: flags.server!, limit: `HTTP ${answer.status}` }));
}

function unknownWorkspace(flags: KeyFlags): Refusal {
  return new Refusal(problem('workspace_unknown', 'workspace', { found: flags.workspace ?? '' }));
}
