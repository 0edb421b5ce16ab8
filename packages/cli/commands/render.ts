import { openAnimatic } from '@refreel/server/open-animatic';
import { type Command, Option } from 'commander';
import type { RenderFlags } from '../flags.ts';
import { addRequestFlags, assertRequest, requestArgument } from '../request-flags.ts';
import { act, addTalkFlags } from './act.ts';

export function addRender(program: Command): void {
  const command = program
    .command('render')
    .summary('draw the film here, as a draft, without a key')
    .description(
      'Draws the film of a request as an animatic: a real MP4, offline, in seconds. Every model can be drawn; nothing is sent.',
    )
    .argument(...requestArgument)
    .requiredOption('-o, --output <film.mp4>', 'where the film goes');
  addRequestFlags(command)
    .addOption(
      new Option('--encoder <name>', 'the built-in one or a child ffmpeg')
        .choices(['node-av', 'ffmpeg'])
        .default('node-av'),
    )
    .addOption(
      new Option('--preset <name>', 'speed of the encoder (default: veryfast)').choices([
        'ultrafast',
        'veryfast',
        'medium',
      ]),
    )
    .option('--plan <plan.json>', 'write down what was understood: shots, figures, camera, lines')
    .option('--quiet', 'print only what is wrong');
  addTalkFlags(command).action((name: string | undefined, flags: RenderFlags) =>
    act(flags, async () => {
      const fail = (message: string) => command.error(`error: ${message}`);
      assertRequest(name, flags, fail);
      const opening = openAnimatic({ encoder: flags.encoder });
      const [animatic, { render }] = await Promise.all([opening, import('../actions/render.ts')]);
      return render(animatic, name, flags, fail);
    }),
  );
}
