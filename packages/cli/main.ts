import { readFileSync } from 'node:fs';
import { problemKind, Refusal } from '@refreel/core/model';
import { Command, CommanderError } from 'commander';
import { addDoctor } from './commands/doctor.ts';
import { addLooks } from './commands/look.ts';
import { addModels } from './commands/models.ts';
import { addRender } from './commands/render.ts';
import { exitCodes } from './exit-codes.ts';
import { showProblems } from './show/findings.ts';
import { languageFrom } from './show/words.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('refreel')
  .description('Films from references: people, things and places that keep their look.')
  .version(version)
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();
addRender(program);
addLooks(program);
addModels(program);
addDoctor(program);
for (const command of program.commands) command.exitOverride().showHelpAfterError('(add --help for the options)');

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  } else if (error instanceof Refusal) {
    const at = process.argv.indexOf('--lang');
    process.stderr.write(
      `${showProblems(error.problems, languageFrom(at === -1 ? undefined : process.argv[at + 1]))}\n`,
    );
    const theirs = error.problems.every(({ code }) => problemKind(code).fault === 'caller');
    process.exitCode = theirs ? exitCodes.refused : exitCodes.failed;
  } else {
    process.stderr.write(`This is a fault of Refreel; please report it with the command and the request.\n`);
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.bug;
  }
}
