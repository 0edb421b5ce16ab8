import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { problem, Refusal } from '@refreel/core/model';
import { type AccountDesk, openAccountDesk, openSealer, vendors } from './accounts/index.ts';
import type { GenerationsOptions } from './generations/index.ts';
import { signAddress } from './http/dialects/address.ts';
import type { Signers } from './http/signer.ts';
import { checkKey } from './producers/upstream/index.ts';
import type { SandboxClock } from './sandbox/clock.ts';
import type { Settings } from './settings.ts';
import { accountsAtWork, type Database, wasEverLive } from './store/index.ts';
import { writeWhole } from './store/write-whole.ts';

/** Beside the store, once it was live. */
const markName = 'live';

/** How long a vendor may read a medium: longer than any queue. */
const addressSeconds = 48 * 3600;

/** A server that is live has somebody to send to. @throws Refusal */
export function assertAccounts({ mode }: Settings, desk: AccountDesk): void {
  if (mode !== 'live' || desk.standings().length + desk.unreadable().length > 0) return;
  const limit = vendors.map(({ variable }) => variable);
  throw new Refusal(problem('live_without_accounts', 'REFREEL_MODE', { limit }));
}

/**
 * A store that was ever live is no sandbox unless somebody says so: what was paid would be answered for by drafts. @throws Refusal
 */
export async function holdToMode(
  { mode, sandboxAnyway, data }: Settings,
  { connection }: Pick<Database, 'connection'>,
): Promise<void> {
  if (mode === 'live' || sandboxAnyway) return;
  // A database of several servers is as live as any of them was.
  if (existsSync(join(data, markName)) || (await wasEverLive(connection)))
    throw new Refusal(problem('live_before', 'REFREEL_MODE'));
}

/** A store says from now on that it was live. */
export function markLive({ mode, data }: Settings): void {
  const mark = join(data, markName);
  if (mode !== 'live' || existsSync(mark)) return;
  writeWhole(mark, 'This store was live: what it made was sent to vendors, and paid.\n');
}

/**
 * What a start tells of the accounts: those that generations are still at and that are not there any more, so that nobody looks after those; those
 * whose keys cannot be opened; and those that are set aside.
 */
export async function accountFaults(
  { mode }: Settings,
  { connection }: Pick<Database, 'connection'>,
  desk: AccountDesk,
): Promise<Refusal[]> {
  const closed = desk.unreadable().map((one) => new Refusal(one.problem));
  if (mode !== 'live') return closed;
  const used = await accountsAtWork(connection);
  const missing = used.filter(({ account }) => desk.book.find(account) === undefined);
  const asides = desk.standings().flatMap(({ aside }) => (aside === undefined ? [] : [new Refusal(aside.problem)]));
  return [
    ...missing.map(({ account }) => new Refusal(problem('account_gone', 'REFREEL_ACCOUNTS', { found: account }))),
    ...closed,
    ...asides,
  ];
}

/** The desk of a server's accounts; its keys are sealed with the server's secret. */
export function openDesk(
  { accounts, mode }: Settings,
  { connection }: Pick<Database, 'connection'>,
  secret: string,
  onError: (error: unknown) => void,
): Promise<AccountDesk> {
  return openAccountDesk({
    ...{ connection, accounts, onError },
    sealer: openSealer(secret),
    async check(account) {
      // A sandbox speaks to no vendor.
      if (mode !== 'live') throw new Refusal(problem('account_asleep', '', { found: account.id }));
      return await checkKey(account);
    },
  });
}

/** What a server that is live sends with. */
export function sendingOf(
  { publicUrl, route }: Settings,
  desk: AccountDesk,
  clock: SandboxClock,
  signer: Signers,
): NonNullable<GenerationsOptions['sending']> {
  return {
    get book() {
      return desk.book;
    },
    route,
    setAside: desk.setAside,
    onChange: desk.onChange,
    async addressOf({ workspace, sha256, mediaType }) {
      if (publicUrl === undefined) return undefined;
      const expiresAt = (await clock.read()).now + addressSeconds * 1000;
      const of = { kind: 'files', workspace, sha256 } as const;
      const ending = `.${mediaType.split('/')[1]!.replace(/\W/g, '').slice(0, 5)}`;
      return signAddress(publicUrl, signer('address'), of, expiresAt, ending);
    },
  };
}
