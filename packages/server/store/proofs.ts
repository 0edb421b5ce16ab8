import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StoreError } from './store-error.ts';

/** Files of which it is remembered that they were read: some megabytes of memory. */
const mostRemembered = 20_000;

/** Which stored files hold what their names say. */
export interface Proofs {
  /** It was just written, and its bytes went through the hash. `mark`: what changes whenever the file does. */
  remember(sha256: string, mark: string): void;
  /** Reads a file through, unless it was and has not changed since. @throws StoreError `folder_corrupt` */
  prove(sha256: string, path: string, mark: string): Promise<void>;
}

/** Nothing is known at first: each file is read through once for each start. */
export function openProofs(): Proofs {
  const proven = new Map<string, string>();
  const reading = new Map<string, Promise<void>>();
  const remember = (sha256: string, mark: string) => {
    proven.delete(sha256);
    proven.set(sha256, mark);
    const [oldest] = proven.keys();
    if (proven.size > mostRemembered && oldest !== undefined) proven.delete(oldest);
  };
  const read = async (sha256: string, path: string, mark: string) => {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    if (hash.digest('hex') !== sha256) throw damagedFile(sha256, 'holds other bytes than it should');
    remember(sha256, mark);
  };
  return {
    remember,
    async prove(sha256, path, mark) {
      if (proven.get(sha256) === mark) return;
      const key = `${sha256} ${mark}`;
      const begun = reading.get(key) ?? read(sha256, path, mark).finally(() => reading.delete(key));
      reading.set(key, begun);
      await begun;
    },
  };
}

/** A stored file is not what its row says. */
export function damagedFile(sha256: string, what: string): StoreError {
  return new StoreError('folder_corrupt', sha256, `The stored file ${sha256} ${what}: restore it from a backup.`);
}
