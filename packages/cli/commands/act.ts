import type { Refusal } from '@refreel/core/model';
import { type Command, Option } from 'commander';
import type { TalkFlags } from '../flags.ts';

export function addTalkFlags(command: Command): Command {
  return command
    .option('--json', 'print the outcome as JSON')
    .addOption(new Option('--lang <language>', "language of messages (default: the terminal's)").choices(['en', 'zh']));
}

/** Runs what a command does; its number is the exit code. A refusal on the way is told as the flags want it. */
export async function act(flags: TalkFlags, work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    // By its name: the class would bring all of the model with it.
    if (!(error instanceof Error && error.name === 'Refusal')) throw error;
    const { tellRefusal } = await import('../show/refusal.ts');
    process.exitCode = tellRefusal((error as Refusal).problems, flags);
  }
}
