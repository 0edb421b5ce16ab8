import type { Migration } from './migrate.ts';

/** What `manifest.json` of a backup says. It is written last: a backup without it is not one. */
export interface Manifest {
  readonly format: 1;
  readonly madeAt: string;
  /** What the rows fit to. */
  readonly migrations: readonly Migration[];
  readonly tables: readonly DumpedTable[];
  readonly files: readonly { readonly sha256: string; readonly bytes: number }[];
  /** What else lay in the folder, such as its secret. */
  readonly others: readonly { readonly name: string; readonly sha256: string }[];
}

/** `tables/<name>.jsonl`: one row a line, in the form of PostgreSQL's `to_jsonb`. */
export interface DumpedTable {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
}

export const backupFormat = 1;

export const backupNames = { manifest: 'manifest.json', tables: 'tables', files: 'files', others: 'others' } as const;

/** In the order in which rows can be put back: what is referred to comes first. */
export const dumpedTables = [
  'workspaces',
  'keys',
  'ended_sessions',
  'assets',
  'generations',
  'attempts',
  'films',
  'events',
  'idempotency',
  'uploads',
  'clock_moves',
  'armed_faults',
  'accounts',
  'saved_references',
  'saved_reference_uses',
  'webhooks',
  'projects',
  'project_versions',
  'project_media',
  'quotes',
  'budgets',
  // `spending` follows from the entries, and comes back with them.
  'receipts',
  'bookings',
  'booking_entries',
] as const;
