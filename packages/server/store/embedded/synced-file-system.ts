import { fdatasyncSync } from 'node:fs';
import { join } from 'node:path';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { syncDirectory } from '../sync-directory.ts';

/** The parts of Emscripten's file system that are touched, none of them public: hence the exact version, and the test at start. */
interface HostFileSystem {
  readonly stream_ops: { fsync?: (stream: HostStream) => number };
}
interface HostStream {
  /** Of a file; a directory has none. */
  readonly nfd?: number;
  readonly node: unknown;
}

/** Emscripten's number for "input/output error"; PostgreSQL stops at it rather than go on with data that may be lost. */
const ioError = 29;

/**
 * A folder as the database's disk, where fsync reaches the host's disk. PGlite's own leaves fsync out, so that a power cut could take
 * what was acknowledged. It is put in before the database starts: what recovery writes is synced too.
 */
export function openSyncedFileSystem(folder: string): { fileSystem: NodeFS; syncs: () => number } {
  let syncs = 0;
  const fileSystem = new NodeFS(folder);
  const init = fileSystem.init.bind(fileSystem);
  fileSystem.init = async (database, options) => {
    const { emscriptenOpts } = await init(database, options);
    const preRun = [...(emscriptenOpts.preRun ?? [])];
    preRun.push((module) => {
      const host = module.NODEFS as unknown as HostFileSystem;
      const files = module.FS as unknown as { getPath(node: unknown): string };
      host.stream_ops.fsync = ({ nfd, node }) => {
        try {
          if (nfd === undefined) syncDirectory(join(folder, files.getPath(node).replace(/^\/pglite\/data/, '')));
          else fdatasyncSync(nfd);
          syncs += 1;
          return 0;
        } catch {
          return ioError;
        }
      };
    });
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  };
  return { fileSystem, syncs: () => syncs };
}
