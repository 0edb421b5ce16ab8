import type { Command } from 'commander';
import type { ModelFlags } from '../flags.ts';
import { number } from '../request-flags.ts';
import { act, addTalkFlags } from './act.ts';

export function addModels(program: Command): void {
  const command = program
    .command('models')
    .summary('list the models, or tell all about one')
    .description(
      'Lists every model with what it takes and costs; with an id, everything that is known about it, each fact with its source.',
    )
    .argument('[id]', 'a model')
    .option('--input <names...>', 'only models that take these, such as subject, video, startFrame')
    .option('--audio', 'only models that make sound')
    .option('--shots', 'only models that take several shots')
    .option('--seconds <number>', 'only models that make films of that length', number)
    .option('--offline', 'only what is made here');
  addTalkFlags(command).action((id: string | undefined, flags: ModelFlags) =>
    act(flags, async () => {
      const { tellModels } = await import('../actions/models.ts');
      return tellModels(id, flags, (message) => command.error(`error: ${message}`));
    }),
  );
}
