import type { Command } from 'commander';
import type { BackupFlags } from '../flags.ts';
import { act, addTalkFlags } from './act.ts';

/** `backup` and `restore`: everything of a server, in a folder. */
export function addBackup(program: Command): void {
  const backup = program
    .command('backup')
    .summary('copy everything of a server into a folder')
    .description(
      'Copies all rows, films, assets and the secret into a new folder. A server on the data folder must be stopped; one on PostgreSQL (DATABASE_URL) may go on.',
    )
    .argument('<backup>', 'the folder to make')
    .option('--overwrite', 'replace an older backup, once the new one is whole');
  const restore = program
    .command('restore')
    .summary('put a backup back')
    .description(
      'Puts a backup into a new data folder, or into an empty PostgreSQL (DATABASE_URL). Every hash is checked first; either may be made of a backup of the other.',
    )
    .argument('<backup>', 'the folder that backup made')
    .option('--overwrite', 'take the place of a data folder, which is kept under another name');
  for (const command of [backup, restore])
    addTalkFlags(
      command
        .option('--data <folder>', 'folder that holds everything (default: REFREEL_DATA, or refreel-data)')
        .option('--quiet', 'show no progress'),
    );
  const load = () => import('../actions/backup.ts');
  backup.action((target: string, flags: BackupFlags) =>
    act(flags, async () => (await load()).makeBackup(target, flags)),
  );
  restore.action((source: string, flags: BackupFlags) =>
    act(flags, async () => (await load()).restoreBackup(source, flags)),
  );
}
