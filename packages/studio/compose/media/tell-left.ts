import { roleOfFile } from '../../document/uploads.ts';
import { notify } from '../../shared/notice.tsx';
import { translator } from '../../words/words.ts';

/** What files are for. */
export type FileRole = NonNullable<ReturnType<typeof roleOfFile>>;

/** Says which files were not taken where only those for `taken` are, and what would be; nothing where all were. */
export function tellLeft(files: Iterable<File>, taken: readonly FileRole[]): void {
  const left = [...files].filter((file) => !taken.some((role) => role === roleOfFile(file)));
  if (left.length === 0) return;
  const t = translator();
  const kinds = taken.map((role) => t(`media.takes.${role}`)).join(t('media.or'));
  notify({ words: t('media.left', { files: left.map(({ name }) => name).join(', '), count: left.length, kinds }) });
}
