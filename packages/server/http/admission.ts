import { timingSafeEqual } from 'node:crypto';
import { type Problem, problem } from '@refreel/core/model';
import type { Caller } from '../generations/service.ts';
import {
  type Database,
  defaultWorkspace,
  findKey,
  isSessionGood,
  listKeys,
  listWorkspaces,
  noteKeyUse,
  type WorkspaceId,
} from '../store/index.ts';
import { admit } from './front-door.ts';
import type { Parts } from './parts.ts';
import type { Route } from './route.ts';
import { isOwnPage, openSessions } from './session.ts';

/** Whether a request may come in, and on whose behalf. */
export type Recognised =
  | { readonly ok: true; readonly caller: Caller | undefined }
  | { readonly ok: false; readonly problem: Problem };

/** Looks at every request before anything else does. */
export interface Admission {
  /** The front door alone: what is asked for does not matter yet. */
  enter(
    request: Request,
    url: URL,
  ): Promise<{ readonly ok: true; readonly keyless: boolean } | { readonly ok: false; readonly problem: Problem }>;
  /** Whose request it is, for a route of this access. `keyless` as the front door said. */
  recognise(request: Request, access: Route['access'], keyless: boolean): Promise<Recognised>;
  /** Whose key it is, as a vendor's client sends it. On this machine, while there are no keys, anything stands for nobody's. */
  recogniseKey(secret: string | undefined, keyless: boolean): Promise<Recognised>;
  /** A key was made: from now on everybody needs one. */
  lock(): void;
}

/** A first key that another process made on a shared database is seen within this time. */
const lookAgainMilliseconds = 1000;
/** How long a key's use is not written down again. The database throttles too; this saves asking it. */
const noteAgainMilliseconds = 60_000;

/** Opens it. `wasLocked`: whether callers need a key; left out, it is looked up. */
export async function openAdmission(parts: Omit<Parts, 'limits'>, wasLocked?: boolean): Promise<Admission> {
  const { database, adminKey } = parts;
  const sessions = openSessions(parts.signer, parts.door);
  let locked = wasLocked ?? (adminKey !== undefined || (await hasKeys(database)));
  let looked = performance.now();
  let nobody: WorkspaceId | undefined;
  const noted = new Map<string, number>();

  const isLocked = async () => {
    // An embedded folder is ours alone, so every key of it is made here.
    if (!locked && database.kind === 'postgres' && performance.now() - looked > lookAgainMilliseconds) {
      looked = performance.now();
      locked = await hasKeys(database);
    }
    return locked;
  };

  const note = (workspace: WorkspaceId, key: string) => {
    const now = performance.now();
    if (now - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < noteAgainMilliseconds) return;
    if (noted.size > 10_000) noted.clear();
    noted.set(key, now);
    // Nobody waits for it, and a use that was not written down harms nobody.
    void noteKeyUse(database.connection, workspace, key).catch(() => noted.delete(key));
  };

  /** By the cookie of a browser. It and its key are looked up each time: one that was ended or revoked opens nothing from then on. */
  const recogniseSession = async (request: Request, access: Route['access']): Promise<Recognised> => {
    const session = sessions.read(request.headers);
    const good =
      session !== undefined && (await isSessionGood(database.connection, session.workspace, session))
        ? session
        : undefined;
    if (good === undefined)
      return access === 'visitor' ? { ok: true, caller: undefined } : { ok: false, problem: problem('key_needed', '') };
    // A browser sends its cookie whoever wrote the page; only ours may change anything with it.
    if (!isRead(request) && !isOwnPage(request.headers, parts.door())) {
      const found = request.headers.get('origin') ?? request.headers.get('sec-fetch-site') ?? '';
      return { ok: false, problem: problem('session_elsewhere', '', { found }) };
    }
    note(good.workspace, good.key);
    return { ok: true, caller: { workspace: good.workspace, keyId: good.key } };
  };

  const recogniseNobody = async (): Promise<Recognised> => {
    nobody ??= (await defaultWorkspace(database.connection)).id;
    return { ok: true, caller: { workspace: nobody, keyId: undefined } };
  };
  const recogniseSecret = async (secret: string): Promise<Recognised> => {
    const found = await findKey(database.connection, secret);
    if (found === undefined) return { ok: false, problem: problem('key_invalid', '') };
    note(found.workspace, found.key);
    const { workspace, key: keyId, repeatSeconds } = found;
    return { ok: true, caller: { workspace, keyId, repeatSeconds: repeatSeconds ?? undefined } };
  };

  return {
    lock() {
      locked = true;
    },
    async enter(request, url) {
      const headers = Object.fromEntries(request.headers);
      return admit(
        { method: request.method, path: url.pathname, headers },
        { ...parts.door(), locked: await isLocked() },
      );
    },
    async recognise(request, access, keyless) {
      if (access === 'anyone') return { ok: true, caller: undefined };
      const secret = bearer(request);
      if (access === 'operator' && secret === undefined && keyless) return { ok: true, caller: undefined };
      const isAdmin = secret !== undefined && adminKey !== undefined && same(secret, adminKey);
      if (access === 'keeper' && isAdmin) return { ok: true, caller: undefined };
      if (access === 'admin' || access === 'operator') {
        if (isAdmin) return { ok: true, caller: undefined };
        return { ok: false, problem: problem('admin_key_needed', '') };
      }
      if (secret === undefined) {
        if (!keyless) return await recogniseSession(request, access);
        return await recogniseNobody();
      }
      return await recogniseSecret(secret);
    },
    async recogniseKey(secret, keyless) {
      if (secret === undefined || secret === '') return { ok: false, problem: problem('key_missing', '') };
      return keyless ? await recogniseNobody() : await recogniseSecret(secret);
    },
  };
}

function bearer(request: Request): string | undefined {
  const header = request.headers.get('authorization');
  if (header === null) return undefined;
  return /^Bearer +([\x21-\x7e]{1,512})$/i.exec(header)?.[1] ?? '';
}

function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function same(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whether any key was ever made: one that was revoked still says that this server is not open. */
export async function hasKeys({ connection }: Database): Promise<boolean> {
  for (const { id } of await listWorkspaces(connection)) if ((await listKeys(connection, id)).length > 0) return true;
  return false;
}
