import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { problem, Refusal } from '@refreel/core/model';
import { openAccountBook, vendors } from './accounts/index.ts';
import type { GenerationsOptions } from './generations/index.ts';
import { signAddress } from './http/dialects/address.ts';
import type { Signers } from './http/signer.ts';
import type { SandboxClock } from './sandbox/clock.ts';
import type { Settings } from './settings.ts';
import { accountsInUse, type Database } from './store/index.ts';
import { writeWhole } from './store/write-whole.ts';

/** Beside the store, once it was live. */
const markName = 'live';

/** How long a vendor may read a medium: longer than any queue. */
const addressSeconds = 48 * 3600;

/** A server that is live has somebody to send to. @throws Refusal */
export function assertAccounts({ mode, accounts }: Settings): void {
  if (mode !== 'live' || accounts.length > 0) return;
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
  if (existsSync(join(data, markName)) || (await accountsInUse(connection)).length > 0)
    throw new Refusal(problem('live_before', 'REFREEL_MODE'));
}

/** A store says from now on that it was live. */
export function markLive({ mode, data }: Settings): void {
  const mark = join(data, markName);
  if (mode !== 'live' || existsSync(mark)) return;
  writeWhole(mark, 'This store was live: what it made was sent to vendors, and paid.\n');
}

/** Accounts that generations are still at, and that are not there any more: nobody looks after those. */
export async function missingAccounts(
  { mode, accounts }: Settings,
  { connection }: Pick<Database, 'connection'>,
): Promise<Refusal[]> {
  if (mode !== 'live') return [];
  const used = await accountsInUse(connection);
  const missing = used.filter(({ account, open }) => open > 0 && accounts.every(({ id }) => id !== account));
  return missing.map(({ account }) => new Refusal(problem('account_gone', 'REFREEL_ACCOUNTS', { found: account })));
}

/** What a server that is live sends with. */
export function sendingOf(
  { accounts, publicUrl }: Settings,
  clock: SandboxClock,
  signer: Signers,
): NonNullable<GenerationsOptions['sending']> {
  return {
    book: openAccountBook(accounts),
    async addressOf({ workspace, sha256, mediaType }) {
      if (publicUrl === undefined) return undefined;
      const expiresAt = (await clock.read()).now + addressSeconds * 1000;
      const of = { kind: 'files', workspace, sha256 } as const;
      const ending = `.${mediaType.split('/')[1]!.replace(/\W/g, '').slice(0, 5)}`;
      return signAddress(publicUrl, signer('address'), of, expiresAt, ending);
    },
  };
}
