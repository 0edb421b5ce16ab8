import { randomBytes } from 'node:crypto';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Localized, problem, Refusal } from '@refreel/core/model';

/** A film's place while it is made: a temporary file beside its name, so that the name never holds half a film. */
export interface FilmPlace {
  /** Where the film will be: what was asked for, links followed. */
  readonly file: string;
  readonly temporary: string;
  /** Syncs the film and gives it its name. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** @throws Refusal `output_unwritable` or `disk_full`, before any work is done. */
export async function placeFilm(asked: string): Promise<FilmPlace> {
  const refusing = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw unwritable(asked, (error as NodeJS.ErrnoException).code ?? String(error));
    }
  };
  // A link stays a link, and what it leads to is replaced.
  const file = await realpath(asked).catch(() => asked);
  await refusing(assertReplaceable(file));
  // Short, so that any name that the folder can hold has room for it.
  const temporary = join(dirname(file), `.refreel-${randomBytes(6).toString('hex')}.part`);
  await refusing(open(temporary, 'wx').then((created) => created.close()));
  // Only tried: who writes it makes it, so that whoever leaves a part file behind also knows of it and can take it away.
  await rm(temporary, { force: true });
  return {
    file,
    temporary,
    async keep() {
      await refusing(sync(temporary, 'r+'));
      await refusing(rename(temporary, file));
      // Not every system can sync a folder; the film itself is safe by now.
      await sync(dirname(file), 'r').catch(() => {});
    },
    discard: () => rm(temporary, { force: true }),
  };
}

/** A name that is free, or a plain file that may be written: renaming over a device or a folder is no way to make a film. */
async function assertReplaceable(file: string): Promise<void> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw unwritable(file, 'EISDIR');
    if (!found.isFile()) throw unwritable(file, 'no-file');
    await access(file, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function sync(path: string, flags: string): Promise<void> {
  const opened = await open(path, flags);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

const words: Readonly<Record<string, Localized>> = {
  ENOENT: { en: 'the folder does not exist', zh: '目录不存在' },
  ENOTDIR: { en: 'a part of the path is a file', zh: '路径中有一部分是文件' },
  EISDIR: { en: 'it is a folder', zh: '这是一个目录' },
  'no-file': { en: 'it is a device or a pipe, not a file', zh: '这是设备或管道，不是文件' },
  EACCES: { en: 'permission is denied', zh: '没有权限' },
  EPERM: { en: 'permission is denied', zh: '没有权限' },
  EROFS: { en: 'the disk is read-only', zh: '磁盘是只读的' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '文件名过长' },
  ELOOP: { en: 'its links lead in a circle', zh: '符号链接循环' },
};

/** Why nothing can be written there, by the system's code. */
export function unwritable(file: string, code: string): Refusal {
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Refusal(problem('disk_full', 'output', { found: file }));
  return new Refusal(problem('output_unwritable', 'output', { found: file, limit: words[code] ?? code }));
}
