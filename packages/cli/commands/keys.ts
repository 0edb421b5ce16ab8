import type { Command } from 'commander';
import type { KeyFlags } from '../flags.ts';
import { act, addTalkFlags } from './act.ts';

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .summary('make, list and revoke keys')
    .description(
      'Keys open the API to callers. They are kept in the data folder; while a server holds it, name that server with --server and set REFREEL_ADMIN_KEY as it has it.',
    );
  const create = keys
    .command('create')
    .summary('make a key; it is shown once')
    .argument('<name>', 'what the key is for')
    .option('--workspace <name>', 'workspace that it belongs to; a new name makes one (default: default)');
  const list = keys
    .command('list')
    .summary('list the keys, never their secrets')
    .option('--workspace <name>', 'only those of this workspace');
  const revoke = keys.command('revoke').summary('revoke a key').argument('<id>', 'its id, as the list shows it');
  for (const command of [create, list, revoke]) {
    command
      .option('--data <folder>', 'folder that holds everything (default: REFREEL_DATA, or refreel-data)')
      .option('--server <url>', 'a running server to ask instead')
      .exitOverride()
      .showHelpAfterError('(add --help for the options)');
    addTalkFlags(command);
  }
  const load = () => import('../actions/keys.ts');
  create.action((name: string, flags: KeyFlags) => act(flags, async () => (await load()).makeKey(name, flags)));
  list.action((flags: KeyFlags) => act(flags, async () => (await load()).tellKeys(flags)));
  revoke.action((id: string, flags: KeyFlags) => act(flags, async () => (await load()).endKey(id, flags)));
}
