import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DownloadFlags, GetFlags, ListFlags, ResolveFlags, ServerFlags } from '../flags.ts';
import { act } from './act.ts';
import { addServerFlags } from './server-flags.ts';

/** `get`, `list`, `cancel`, `generations resolve`, `download`, `upload`: what a server has. */
export function addGenerations(program: Command): void {
  const load = () => import('../actions/generations.ts');
  const get = program
    .command('get')
    .summary('say how a generation stands')
    .argument('<id>', 'the generation')
    .option('--wait', 'wait until it has ended')
    .option('--quiet', 'show no progress');
  addServerFlags(get).action((id: string, flags: GetFlags) =>
    act(flags, async () => (await load()).tellGeneration(id, flags)),
  );

  const list = program
    .command('list')
    .summary('list the generations of a server, newest first')
    .option('--state <states...>', 'only those in these states, such as done or running')
    .option('--model <id>', 'only those of this model')
    .option('--limit <number>', 'at most so many', wholeNumber(1), 20);
  addServerFlags(list).action((flags: ListFlags) => act(flags, async () => (await load()).tellGenerations(flags)));

  const cancel = program
    .command('cancel')
    .summary('cancel a generation')
    .description('Cancels a generation in whatever state it is; what has ended stays as it is.')
    .argument('<id>', 'the generation');
  addServerFlags(cancel).action((id: string, flags: ServerFlags) =>
    act(flags, async () => (await load()).cancelGeneration(id, flags)),
  );

  const resolve = program
    .command('generations')
    .summary('settle what only a person can tell')
    .description('What concerns one generation and has no command of its own.')
    .command('resolve')
    .summary('settle an attempt that is unconfirmed')
    .description(
      "Settles an attempt whose answer was lost, so that nobody here knows whether the vendor has it and charges for it. Look into the vendor's console first.",
    )
    .argument('<id>', 'the generation')
    .addOption(
      new Option('--not-created', 'the vendor does not have it: it is sent again').conflicts(['failed', 'vendorId']),
    )
    .addOption(new Option('--failed', 'the vendor made nothing of it').conflicts('vendorId'))
    .option('--vendor-id <id>', 'the vendor has it under this id: its film is brought here')
    .addOption(
      new Option('--billed <answer>', 'with --failed: whether it was charged').choices(['yes', 'no', 'unknown']),
    )
    .option('--attempt <number>', 'which of its attempts; 1 is the first', wholeNumber(1), 1)
    .exitOverride()
    .showHelpAfterError('(add --help for the options)');
  addServerFlags(resolve).action((id: string, flags: ResolveFlags) =>
    act(flags, async () => (await load()).resolveGeneration(id, flags)),
  );

  const download = program
    .command('download')
    .summary('download the films of a generation')
    .argument('<id>', 'the generation')
    .requiredOption('-o, --output <film.mp4>', 'where the film goes; several are numbered')
    .option('--film <number>', 'only this one; 1 is the first', wholeNumber(1))
    .option('--wait', 'wait until it has ended')
    .option('--quiet', 'show no progress');
  addServerFlags(download).action((id: string, flags: DownloadFlags) =>
    act(flags, async () => (await load()).downloadGeneration(id, flags)),
  );

  const upload = program
    .command('upload')
    .summary('store pictures, videos and sounds on a server')
    .description('Stores files on a server and prints what requests name them by. The same bytes are stored once.')
    .argument('<files...>', 'pictures, videos, sounds');
  addServerFlags(upload).action((files: readonly string[], flags: ServerFlags) =>
    act(flags, async () => (await import('../actions/upload.ts')).upload(files, flags)),
  );
}

function wholeNumber(least: number) {
  return (value: string): number => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < least)
      throw new InvalidArgumentError(`It must be a whole number of ${least} or more.`);
    return Number(value);
  };
}
