import { openAnimatic } from '@refreel/server/open-animatic';
import type { Command } from 'commander';
import type { Look, LookFlags } from '../flags.ts';
import { addRequestFlags, assertRequest, requestArgument } from '../request-flags.ts';
import { act, addTalkFlags } from './act.ts';

const summaries: Readonly<Record<Look, string>> = {
  check: 'say whether a model can make a request, what would be changed, and what it costs',
  quote: 'say what a request costs, line by line, with the source of each price',
  advise: 'say what would make a better film',
};

/** `check`, `quote` and `advise`: the same look at a request, told differently. Nothing is made and nothing is sent. */
export function addLooks(program: Command): void {
  for (const look of ['check', 'quote', 'advise'] as const) {
    const summary = summaries[look];
    const command = program
      .command(look)
      .summary(summary)
      .description(`${summary[0]!.toUpperCase()}${summary.slice(1)}. Nothing is made and nothing is sent.`)
      .argument(...requestArgument);
    addRequestFlags(command).option('--region <id>', 'where the vendor runs it, such as cn-beijing');
    if (look === 'check')
      command.option(
        '--models <ids>',
        'say field by field what these models (commas between) would lose of it, or "all"',
      );
    addTalkFlags(command).action((name: string | undefined, flags: LookFlags) =>
      act(flags, async () => {
        const fail = (message: string) => command.error(`error: ${message}`);
        assertRequest(name, flags, fail);
        const [animatic, { tellLook }] = await Promise.all([openAnimatic(), import('../actions/look.ts')]);
        return tellLook(look, animatic, name, flags, fail);
      }),
    );
  }
}
