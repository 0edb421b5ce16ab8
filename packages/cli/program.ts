import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAccounts } from './commands/accounts.ts';
import { addBackup } from './commands/backup.ts';
import { addDoctor } from './commands/doctor.ts';
import { addGenerate } from './commands/generate.ts';
import { addGenerations } from './commands/generations.ts';
import { addKeys } from './commands/keys.ts';
import { addLooks } from './commands/look.ts';
import { addModels } from './commands/models.ts';
import { addMoney } from './commands/money.ts';
import { addRender } from './commands/render.ts';
import { addServe } from './commands/serve.ts';

/**
 * The commands and their options. Nothing else of Refreel is loaded for them: help and mistakes of the command line answer at once,
 * and a command that draws starts its child process before it loads the rest.
 */
export function buildProgram(): Command {
  const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const program = new Command('refreel')
    .description('Films from references: people, things and places that keep their look.')
    .version(version);
  addRender(program);
  addLooks(program);
  addModels(program);
  addGenerate(program);
  addGenerations(program);
  addMoney(program);
  addServe(program);
  addKeys(program);
  addAccounts(program);
  addBackup(program);
  addDoctor(program);
  for (const command of [program, ...program.commands])
    command.exitOverride().showHelpAfterError('(add --help for the options)');
  return program;
}
