export { type BackupOptions, backUp, putBack, type Restored } from './backups.ts';
export { type AccountsExamined, type ExaminedAccount, examineAccounts } from './examine-accounts.ts';
export { workspaceForKey, workspaceNamed } from './http/workspace-named.ts';
export { openStore } from './open-store.ts';
export { type Running, type ServeOptions, serve } from './serve.ts';
export { readSettings, type Settings, type SettingsRead } from './settings.ts';
export {
  type BackupSummary,
  createKey,
  type Database,
  type Key,
  listKeys,
  listWorkspaces,
  revokeKey,
  StoreError,
} from './store/index.ts';
