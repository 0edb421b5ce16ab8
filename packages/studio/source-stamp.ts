import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packages = ['studio', 'core', 'sdk'];
const ignored = /(?:^|\/)(?:node_modules|dist[^/]*|packing|goldens)(?:\/|$)|\.(?:test|suite)\.tsx?$/;

/** A hash of all that a build depends on: the same stamp, the same build. `root` is the folder of the whole project. */
export function sourceStamp(root: string): string {
  const hash = createHash('sha256');
  const files = packages.flatMap((name) =>
    (readdirSync(join(root, 'packages', name), { recursive: true, encoding: 'utf8' }) as string[])
      .filter((file) => /\.(?:tsx?|css|html|json|webp|jpg|svg)$/.test(file) && !ignored.test(file))
      .map((file) => join('packages', name, file)),
  );
  for (const file of [...files.sort(), 'package-lock.json'])
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}
