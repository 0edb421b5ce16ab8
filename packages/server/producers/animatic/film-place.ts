import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problem, Refusal } from '@refreel/core/model';

/** A film's place while it is made: a temporary file beside its name, so that the name never holds half a film. */
export interface FilmPlace {
  readonly temporary: string;
  /** Syncs the film and gives it its name. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** @throws Refusal `output_unwritable` or `disk_full`, before any work is done. */
export async function placeFilm(file: string): Promise<FilmPlace> {
  const folder = dirname(file);
  const temporary = join(folder, `.${basename(file)}.${randomBytes(4).toString('hex')}.part`);
  if (
    await stat(file).then(
      (found) => found.isDirectory(),
      () => false,
    )
  )
    refuse(file, 'EISDIR');
  try {
    await (await open(temporary, 'wx')).close();
  } catch (error) {
    refuse(file, (error as NodeJS.ErrnoException).code ?? String(error));
  }
  return {
    temporary,
    async keep() {
      try {
        const written = await open(temporary, 'r+');
        await written.sync();
        await written.close();
        await rename(temporary, file);
      } catch (error) {
        refuse(file, (error as NodeJS.ErrnoException).code ?? String(error));
      }
    },
    discard: () => rm(temporary, { force: true }),
  };
}

const words: Readonly<Record<string, { en: string; zh: string }>> = {
  ENOENT: { en: 'the folder does not exist', zh: '目录不存在' },
  ENOTDIR: { en: 'a part of the path is a file', zh: '路径中有一部分是文件' },
  EISDIR: { en: 'it is a folder', zh: '这是一个目录' },
  EACCES: { en: 'permission is denied', zh: '没有权限' },
  EPERM: { en: 'permission is denied', zh: '没有权限' },
  EROFS: { en: 'the disk is read-only', zh: '磁盘是只读的' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '文件名过长' },
};

function refuse(file: string, code: string): never {
  if (code === 'ENOSPC' || code === 'EDQUOT') throw new Refusal(problem('disk_full', 'output', { found: file }));
  const limit = words[code] ?? { en: code, zh: code };
  throw new Refusal(problem('output_unwritable', 'output', { found: file, limit }));
}
