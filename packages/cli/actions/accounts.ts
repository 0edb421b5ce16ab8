import { exitCodes } from '../exit-codes.ts';
import type { ServerFlags } from '../flags.ts';
import { asked, openServer } from '../server.ts';
import { checkedLines, listLines } from '../show/accounts.ts';
import { languageFrom } from '../show/words.ts';

/** Lists the accounts of a server. The answer is the exit code. */
export async function tellAccounts(flags: ServerFlags): Promise<number> {
  const server = await openServer(flags);
  const found = await asked(server, () => server.refreel.accounts.list());
  return write(flags, found, listLines(found, languageFrom(flags.lang)));
}

/** Has a vendor asked whether it takes the key of an account. The answer is the exit code. */
export async function checkAccount(id: string, flags: ServerFlags): Promise<number> {
  const server = await openServer(flags);
  const checked = await asked(server, () => server.refreel.accounts.check(id));
  write(flags, checked, checkedLines(checked, languageFrom(flags.lang)));
  return checked.key === 'taken' ? exitCodes.done : exitCodes.failed;
}

function write(flags: ServerFlags, value: unknown, lines: readonly string[]): number {
  process.stdout.write(flags.json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''));
  return exitCodes.done;
}
