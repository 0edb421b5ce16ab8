import type { FetchLimits, GuardedFetch } from '../fetch/index.ts';
import type { Measurer } from '../producers/animatic/index.ts';
import type { Connection, Files } from '../store/index.ts';
import type { WorkFolder } from './work-folder.ts';

/** What assets are kept with. */
export interface AssetsOptions {
  readonly connection: Connection;
  readonly files: Files;
  readonly fetch: GuardedFetch;
  readonly measurer: Measurer;
  readonly work: WorkFolder;
  /** Bases of this server's own addresses: what lies below is looked up with the asker's ownership, and never fetched. */
  readonly ownBases?: readonly string[] | undefined;
  readonly limits?: Partial<FetchLimits> | undefined;
}
