import type { Readable } from 'node:stream';

/** Bytes that are stored: whole, synced, named by what they are. */
export interface StoredFile {
  /** Hex of the SHA-256. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Part of a file: `start` is the first byte, `end` the last one (included), as in HTTP. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A file opened for reading. */
export interface OpenedFile {
  /** Of the whole file. */
  readonly bytes: number;
  /** The range that was asked for, or all of it. */
  readonly content: Readable;
}

/**
 * Where bytes are kept, by hash. Who may have them is said by rows, never here: a hash opens nothing for a caller. A file is stored first and
 * the row written after; a file without a row is swept away later.
 */
export interface Files {
  /**
   * Stores bytes, from a stream or from a file of this machine (which is copied). Returns when they would survive a power cut; a stream that
   * fails leaves nothing. @throws StoreError `disk_full`, or what the source threw.
   */
  put(source: AsyncIterable<Uint8Array> | { readonly file: string }): Promise<StoredFile>;
  /** Opens a file; undefined where there is none. A range must lie inside the file. @throws StoreError `folder_corrupt` for one that holds other bytes */
  open(sha256: string, range?: ByteRange): Promise<OpenedFile | undefined>;
  has(sha256: string): Promise<boolean>;
  /**
   * A path on this machine for programs that read files; nobody may write to it. Undefined where there is none. @throws StoreError
   * `folder_corrupt` for one that holds other bytes
   */
  localPath(sha256: string): Promise<string | undefined>;
  /** Every file, in no order. */
  list(): AsyncIterable<StoredFile>;
  /**
   * Deletes what no row names and is older than an hour, and what a crash left half written. `named` is asked with some hashes at a time and
   * answers with those to keep. Returns how many went.
   */
  sweep(named: (hashes: readonly string[]) => Promise<ReadonlySet<string>>, olderThanSeconds?: number): Promise<number>;
}
