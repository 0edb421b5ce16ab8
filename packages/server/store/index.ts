export * from './account-claims.ts';
export {
  type Aside,
  addAccount,
  removeAccount,
  type StoredAccount,
  setAccountAside,
  storedAccounts,
  takeAccountBack,
} from './accounts.ts';
export * from './armed-faults.ts';
export * from './assets.ts';
export * from './attempts.ts';
export { type BackupSummary, backup, backupStore } from './backup.ts';
export {
  type BookingKind,
  type Cost,
  type CostOfAttempt,
  openReceipts,
  type Place,
  releaseReserved,
  reserveAnew,
  reservedOf,
} from './bookings.ts';
export * from './browse-generations.ts';
export * from './budgets.ts';
export * from './cancel.ts';
export * from './claims.ts';
export * from './clock-moves.ts';
export { type Connection, inTransaction } from './connection.ts';
export { type Cursor, CursorError, type Page } from './cursor.ts';
export type { Database, DatabaseOptions } from './database.ts';
export {
  appendEvents,
  type EventKind,
  eventKinds,
  eventsSince,
  lastEvent,
  type NewEvent,
  type StoredEvent,
} from './events.ts';
export * from './files.ts';
export { findFilm, listFilms, type NewFilm, type StoredFilm } from './films.ts';
export { folderNames, makeWritable } from './folder.ts';
export { openFolderFiles } from './folder-files.ts';
export {
  type Attempt,
  createGeneration,
  findGeneration,
  type Generation,
  type GenerationName,
  lastAttempts,
  type NewGeneration,
  type WholeGeneration,
} from './generations.ts';
export * from './idempotency.ts';
export { makeId, type WorkspaceId } from './ids.ts';
export * from './keys.ts';
export * from './ledger.ts';
export * from './list-generations.ts';
export { countOpenAttempts, type OpenAttempts } from './open-attempts.ts';
export { openDatabase } from './open-database.ts';
export { hashesIn } from './project-media.ts';
export * from './projects.ts';
export { damagedFile } from './proofs.ts';
export * from './quotes.ts';
export * from './receipts.ts';
export { restore, restoreStore } from './restore.ts';
export * from './saved-references.ts';
export * from './sent-attempts.ts';
export * from './sessions.ts';
export { holdGeneration } from './settle.ts';
export { diskFull, isDiskFull, StoreError, type StoreErrorCode } from './store-error.ts';
export { syncDirectory } from './sync-directory.ts';
export type { Billed, Json, ProducerName } from './tables.ts';
export * from './take-away.ts';
export * from './uploads.ts';
export * from './usage.ts';
export * from './webhooks.ts';
export * from './workspaces.ts';
