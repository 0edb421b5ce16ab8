import { type Command, InvalidArgumentError } from 'commander';
import type { KeyFlags } from '../flags.ts';
import { act, addTalkFlags } from './act.ts';

/** The bounds of the server. */
function secondsOfRepeats(value: string): number {
  const read = Number(value);
  if (Number.isInteger(read) && read >= 600 && read <= 86_400) return read;
  throw new InvalidArgumentError('It must be a whole number from 600 to 86400.');
}

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
    .option('--workspace <name>', 'workspace that it belongs to; a new name makes one (default: default)')
    .option(
      '--repeat-seconds <number>',
      'for a client that repeats a create without saying so: for so long the same create is the same film (600 to 86400)',
      secondsOfRepeats,
    );
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
