/** Why the store cannot go on. Each is for a person to mend; anything else that it throws is a bug. */
export type StoreErrorCode =
  | 'folder_in_use'
  | 'folder_newer'
  | 'folder_corrupt'
  | 'folder_unusable'
  | 'disk_full'
  | 'database_unreachable'
  | 'database_too_old'
  | 'database_newer'
  | 'migration_changed'
  | 'target_exists'
  | 'backup_corrupt'
  | 'text_unstorable';

/** A broken world, said with what to do. `place` is the folder, file or database that is meant. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly place: string;

  constructor(code: StoreErrorCode, place: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
    this.place = place;
  }
}

/** The code of an error of the system ("ENOSPC") or of the database ("53100"). */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const fullDisk = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Whether this error, or what caused it, is a disk without room. */
export function isDiskFull(error: unknown): boolean {
  if (fullDisk.has(errorCode(error) ?? '')) return true;
  if (error instanceof StoreError) return error.code === 'disk_full';
  return error instanceof Error && error.cause !== undefined && isDiskFull(error.cause);
}

/** A file could not be written for want of room. */
export function diskFull(place: string, cause: unknown): StoreError {
  return new StoreError(
    'disk_full',
    place,
    `The disk that holds "${place}" is full. Free some space; nothing is lost.`,
    {
      cause,
    },
  );
}
