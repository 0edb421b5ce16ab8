import type { Command } from 'commander';
import type { ServerFlags } from '../flags.ts';
import { act } from './act.ts';
import { addServerFlags } from './server-flags.ts';

/** `accounts`: where films are sent. */
export function addAccounts(program: Command): void {
  const load = () => import('../actions/accounts.ts');
  const accounts = program
    .command('accounts')
    .summary('list the accounts that films are sent to, and check their keys')
    .description(
      'Accounts of a server at vendors, never their keys. On a server with keys the administrator asks, with its key in REFREEL_KEY.',
    );
  const list = accounts
    .command('list', { isDefault: true })
    .summary('list the accounts, with the reason of each that is set aside');
  const check = accounts
    .command('check')
    .summary('ask a vendor whether it takes the key; an account that was set aside is taken back then')
    .argument('<id>', 'the account');
  for (const command of [list, check]) {
    command.exitOverride().showHelpAfterError('(add --help for the options)');
    addServerFlags(command);
  }
  list.action((flags: ServerFlags) => act(flags, async () => (await load()).tellAccounts(flags)));
  check.action((id: string, flags: ServerFlags) => act(flags, async () => (await load()).checkAccount(id, flags)));
}
