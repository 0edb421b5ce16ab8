import type { Language } from '@refreel/core/model';
import type { StoreError } from '@refreel/server/main';

/** Why the store cannot go on, and what to do. */
export function storeErrorText({ code, place, message }: StoreError, language: Language): string {
  return language === 'zh' ? `${chinese[code].replace('{place}', () => place)}` : message;
}

const chinese: Readonly<Record<StoreError['code'], string>> = {
  folder_in_use: '“{place}”正被另一个进程使用。请先停止该进程，或用 REFREEL_DATA 指定其他目录。',
  folder_newer: '“{place}”由更新版本的 Refreel 写入。请升级 Refreel，或恢复更早的备份。',
  folder_corrupt: '“{place}”已损坏。请保留一份副本，再将最近的备份恢复到新目录（refreel restore）。',
  folder_unusable: '“{place}”无法使用：不是 Refreel 的数据目录，或没有读写权限。',
  disk_full: '“{place}”所在的磁盘已满。请释放空间；没有数据丢失。',
  database_unreachable: '无法连接数据库“{place}”。请检查 DATABASE_URL，并确认其正在运行。',
  database_too_old: '数据库“{place}”版本过旧：需要 PostgreSQL 13 或更新版本。',
  database_newer: '“{place}”的数据来自其他版本的 Refreel。请使用写入它的版本或更新的版本。',
  migration_changed: '数据库“{place}”的结构与此版本的 Refreel 不符。请使用写入它的版本。',
  target_exists: '“{place}”已存在或已有数据，不会覆盖。请指定其他位置，或使用 --overwrite。',
  backup_corrupt: '备份“{place}”已损坏，无法恢复。请使用其他备份。',
  text_unstorable: '“{place}”含有无法保存的字符。',
};
