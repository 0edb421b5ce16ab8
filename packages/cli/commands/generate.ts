import type { Command } from 'commander';
import type { AwaitFlags, GenerateFlags, RemixFlags } from '../flags.ts';
import { addRequestFlags, assertRequest, requestArgument } from '../request-flags.ts';
import { act } from './act.ts';
import { addAcceptFlags, addServerFlags } from './server-flags.ts';

/** `generate` and `remix`: a server makes the film. */
export function addGenerate(program: Command): void {
  const generate = program
    .command('generate')
    .summary('have a server make the film')
    .description(
      'Sends a request to a server, with the media of this machine that it names, waits for the film and downloads it. Ctrl-C leaves it to the server: get, download and cancel go on with it.',
    )
    .argument(...requestArgument)
    .option('--quote <id>', 'a quote of this request by the server: it costs no more than that says')
    .option(
      '--dry-run',
      'only say what the server would refuse, the budgets too, and what it would cost, with a quote to accept',
    );
  addServerFlags(addAcceptFlags(addRequestFlags(generate))).action((name: string | undefined, flags: GenerateFlags) =>
    act(flags, async () => {
      const fail = (message: string) => generate.error(`error: ${message}`);
      assertRequest(name, flags, fail);
      if (flags.dryRun === true) assertNothingMade(flags, fail);
      else assertOutput(flags, fail);
      return (await import('../actions/generate.ts')).generate(name, flags, fail);
    }),
  );

  const remix = program
    .command('remix')
    .summary('make another film from a finished one')
    .description(
      'Has a server make a film with another prompt; everything else is inherited from a finished generation.',
    )
    .argument('<id>', 'the generation')
    .argument('[prompt]', 'a text file with the prompt, or "-" for standard input')
    .option('--prompt <text>', 'the prompt, instead of a file');
  addServerFlags(addAcceptFlags(remix)).action((id: string, name: string | undefined, flags: RemixFlags) =>
    act(flags, async () => {
      const fail = (message: string) => remix.error(`error: ${message}`);
      if ((name === undefined) === (flags.prompt === undefined)) fail('give a prompt: a file, or --prompt <text>');
      assertOutput(flags, fail);
      return (await import('../actions/generate.ts')).remix(id, name, flags);
    }),
  );
}

function assertNothingMade({ output, wait, quote }: GenerateFlags, fail: (message: string) => never): void {
  if (output !== undefined || wait === false || quote !== undefined)
    fail('--dry-run makes nothing: leave out -o, --no-wait and --quote');
}

function assertOutput({ output, wait }: AwaitFlags, fail: (message: string) => never): void {
  if (output === undefined && wait !== false) fail('say where the film goes, such as -o film.mp4, or give --no-wait');
  if (output !== undefined && wait === false) fail('--no-wait downloads nothing: leave out -o, and download it later');
}
