import { randomBytes } from 'node:crypto';
import type { WorkspaceId } from '../store/index.ts';
import type { Door } from './front-door.ts';
import type { Signers } from './signer.ts';

/** What a browser shows instead of a key: which key it stands for, and until when. */
export interface Session {
  readonly workspace: WorkspaceId;
  /** What tells it from others of the same key. */
  readonly id: string;
  readonly key: string;
  readonly expiresAt: Date;
}

/** Cookies of browsers. They hold ids and a signature; whether session and key still open anything is asked at every request. */
export interface Sessions {
  /** The session of a request; undefined where there is none, or none that we signed, or one that is over. */
  read(headers: Headers): Session | undefined;
  /** A `Set-Cookie` for a key, and when it ends. */
  begin(workspace: WorkspaceId, key: string): { readonly cookie: string; readonly expiresAt: Date };
  /** A `Set-Cookie` that takes it back. */
  end(): string;
}

const lifeSeconds = 30 * 86_400;
/** Browsers send a cookie of ours once; whoever sends many wants us to check signatures for nothing. */
const mostTried = 4;

export function openSessions(signer: Signers, door: () => Pick<Door, 'port' | 'publicUrl'>): Sessions {
  const { sign, matches } = signer('session');
  const write = (value: string, seconds: number) =>
    `${nameOf(door())}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure(door()) ? '; Secure' : ''}`;

  const decode = (value: string): Session | undefined => {
    const at = value.lastIndexOf('.');
    const text = value.slice(0, Math.max(0, at));
    const [workspace, key, id, until] =
      /^(wsp_\w{1,40})\.(key_\w{1,40})\.([\w-]{22})\.(\d{1,12})$/.exec(text)?.slice(1) ?? [];
    if (workspace === undefined || key === undefined || id === undefined || !matches(text, value.slice(at + 1)))
      return undefined;
    const expiresAt = new Date(Number(until) * 1000);
    if (expiresAt.getTime() <= Date.now()) return undefined;
    return { workspace: workspace as WorkspaceId, key, id, expiresAt };
  };

  return {
    read(headers) {
      const name = `${nameOf(door())}=`;
      const given = (headers.get('cookie') ?? '').split(';').map((one) => one.trim());
      // A neighbour on a sibling's domain may put one of the same name before ours: the first that we signed counts.
      const ours = given.filter((one) => one.startsWith(name)).slice(0, mostTried);
      for (const one of ours) {
        const session = decode(one.slice(name.length));
        if (session !== undefined) return session;
      }
      return undefined;
    },
    begin(workspace, key) {
      const until = Math.floor(Date.now() / 1000) + lifeSeconds;
      const text = `${workspace}.${key}.${randomBytes(16).toString('base64url')}.${until}`;
      return { cookie: write(`${text}.${sign(text)}`, lifeSeconds), expiresAt: new Date(until * 1000) };
    },
    end: () => write('', 0),
  };
}

/** Whether a request comes from one of our own pages, as the browser says; false where it says nothing. */
export function isOwnPage(headers: Headers, { publicUrl }: Pick<Door, 'publicUrl'>): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return false;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  const host = headers.get('host');
  return host !== null && (origin === `http://${host}` || origin === `https://${host}`);
}

function isSecure({ publicUrl }: Pick<Door, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https:') === true;
}

/** Browsers keep "__Host-" to this host and to https. Without https the port tells servers of one machine apart, which share their cookies. */
function nameOf(door: Pick<Door, 'port' | 'publicUrl'>): string {
  return isSecure(door) ? '__Host-refreel' : `refreel_${door.port}`;
}
