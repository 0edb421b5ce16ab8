import { type Command, Option } from 'commander';
import type { ServeFlags } from '../flags.ts';
import { act, addTalkFlags } from './act.ts';

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .summary('serve the API')
    .description(
      'Serves the API until it is stopped. Settings come from the environment (REFREEL_HOST, REFREEL_PORT, REFREEL_DATA and others); an option goes before its variable.',
    )
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--port <number>', 'port to listen on (default: 8787)')
    .option('--data <folder>', 'folder that holds everything (default: refreel-data)')
    .addOption(new Option('--sandbox', 'every film is drawn here (default)').conflicts('live'))
    .option('--live', 'films are made by vendors, and paid (REFREEL_ACCOUNTS, docs/accounts.md)')
    .addOption(
      new Option('--sandbox-anyway', 'a sandbox also in a folder that was live before').conflicts(['live', 'sandbox']),
    )
    .option('--time-scale <number>', "1 takes a vendor's typical time, 0 as long as drawing takes (default: 0)")
    .option('--sandbox-faults', 'show faults that requests name (docs/stand-in.md)');
  addTalkFlags(command).action((flags: ServeFlags) =>
    act(flags, async () => (await import('../actions/serve.ts')).serveUntilStopped(flags)),
  );
}
