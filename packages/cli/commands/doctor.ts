import type { Command } from 'commander';
import type { TalkFlags } from '../flags.ts';
import { act, addTalkFlags } from './act.ts';

export function addDoctor(program: Command): void {
  const command = program
    .command('doctor')
    .summary('try every part on this machine, and the keys of the accounts')
    .description(
      'Makes a very short film with each encoder, with a spoken line in each language, and says what works on this machine. Asks the vendor of each account that is configured whether it takes the key, by a look that costs nothing; without accounts nothing is asked of anybody.',
    );
  addTalkFlags(command).action((flags: TalkFlags) =>
    act(flags, async () => (await import('../actions/doctor.ts')).examineMachine(flags)),
  );
}
