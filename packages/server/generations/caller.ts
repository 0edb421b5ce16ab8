import type { WorkspaceId } from '../store/index.ts';

/** On whose behalf something is done. Every method takes one, and nothing of another workspace is ever seen by it. */
export interface Caller {
  readonly workspace: WorkspaceId;
  /** Absent where no key was needed. */
  readonly keyId: string | undefined;
  /** How long the same create is answered with the first, where the key says so. */
  readonly repeatSeconds?: number | undefined;
}
