import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { packTemplate, templateFile } from './template.ts';

// Makes `template.br` anew: run it whenever the version of PGlite changes.

/** The version of PGlite that is installed. */
export function installedVersion(): string {
  const entry = fileURLToPath(import.meta.resolve('@electric-sql/pglite'));
  return JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8')).version;
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'refreel-template-'));
  try {
    const database = await PGlite.create({ dataDir: folder });
    await database.exec('vacuum freeze analyze');
    await database.exec('checkpoint');
    await database.close();
    const packed = packTemplate(folder, installedVersion());
    writeFileSync(templateFile, packed);
    process.stdout.write(`${templateFile}: ${packed.length} bytes\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
