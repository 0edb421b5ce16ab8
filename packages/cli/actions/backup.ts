import { resolve } from 'node:path';
import { byteWords } from '@refreel/core/model';
import { type BackupSummary, backUp, putBack, type Restored, StoreError } from '@refreel/server/main';
import { exitCodes } from '../exit-codes.ts';
import type { BackupFlags } from '../flags.ts';
import { openProgress } from '../show/progress.ts';
import { storeErrorText } from '../show/store-error.ts';
import { languageFrom, say } from '../show/words.ts';
import { settingsFrom } from './serve.ts';

/** Copies everything of a store into a folder. The answer is the exit code. */
export function makeBackup(name: string, flags: BackupFlags): Promise<number> {
  const target = resolve(name);
  return tell('backingUp', target, flags, (onFiles) => backUp(settingsFrom(flags), target, { ...flags, onFiles }));
}

/** Puts a backup back. The answer is the exit code. */
export function restoreBackup(name: string, flags: BackupFlags): Promise<number> {
  const settings = settingsFrom(flags);
  const place = settings.databaseUrl === undefined ? settings.data : 'PostgreSQL';
  return tell('restoring', place, flags, (onFiles) => putBack(settings, resolve(name), { ...flags, onFiles }));
}

async function tell(
  label: 'backingUp' | 'restoring',
  place: string,
  flags: BackupFlags,
  work: (onFiles: (files: number, of: number) => void) => Promise<Restored>,
): Promise<number> {
  const language = languageFrom(flags.lang);
  const progress = openProgress(process.stderr, flags.quiet === true || flags.json === true);
  progress.show(say(label, language), 0, 1);
  try {
    const summary = await work((files, of) => progress.show(say(label, language), files, of));
    progress.clear();
    if (flags.json) process.stdout.write(`${JSON.stringify({ ok: true, place, ...summary }, null, 2)}\n`);
    else process.stdout.write(`${sentences[label][language](place, summary)}\n`);
    const { keptAt } = summary;
    if (keptAt !== undefined && !flags.json)
      process.stderr.write(language === 'zh' ? `原有数据已移至 ${keptAt}\n` : `What was there is kept at ${keptAt}\n`);
    return exitCodes.done;
  } catch (error) {
    progress.clear();
    if (!(error instanceof StoreError)) throw error;
    const message = storeErrorText(error, language);
    const found = { code: error.code, path: '', values: { found: error.place }, message };
    if (flags.json) process.stdout.write(`${JSON.stringify({ ok: false, problems: [found] }, null, 2)}\n`);
    else process.stderr.write(`${message}\n`);
    return exitCodes.failed;
  }
}

const size = ({ bytes }: BackupSummary) => byteWords(bytes).en;

const sentences = {
  backingUp: {
    en: (place: string, made: BackupSummary) =>
      `The backup is at ${place} (${made.rows} rows, ${made.files} files, ${size(made)})`,
    zh: (place: string, made: BackupSummary) =>
      `备份位于 ${place}（${made.rows} 行，${made.files} 个文件，${size(made)}）`,
  },
  restoring: {
    en: (place: string, made: BackupSummary) =>
      `Restored to ${place} (${made.rows} rows, ${made.files} files, ${size(made)})`,
    zh: (place: string, made: BackupSummary) =>
      `已恢复到 ${place}（${made.rows} 行，${made.files} 个文件，${size(made)}）`,
  },
} as const;
