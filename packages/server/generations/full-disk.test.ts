import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { openFolderFiles } from '../store/index.ts';
import { accepted, ended, openGround, picture } from './test-ground.ts';

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a full disk fails what needs room, says so, and is over when there is room',
  async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'refreel-full-'));
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      rmSync(folder, { recursive: true });
      return context.skip('may not mount here');
    }
    const files = await openFolderFiles(join(disk, 'files'));
    const ground = await openGround({ files, workFolder: join(disk, 'work') });
    try {
      const caller = await ground.caller();
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, '');
      expect(() => writeFileSync(ballast, Buffer.alloc(2_000_000))).toThrow(/ENOSPC/);
      const content = () => Readable.from([Buffer.alloc(20_000, 1)]);
      const kept = await ground.generations.keep(caller, { kind: 'stream', content: content() });
      expect(kept).toMatchObject({ ok: false, problems: [{ code: 'disk_full', path: 'file' }] });
      const { id } = await accepted(ground.generations, caller);
      const { attempts } = await ended(ground.generations, caller, id, 'failed');
      expect(attempts[0]!.problems).toMatchObject([{ code: 'disk_full', path: 'film', values: { found: 'film' } }]);

      rmSync(ballast);
      const again = await accepted(ground.generations, caller);
      await ended(ground.generations, caller, again.id);
      const stored = await ground.generations.keep(caller, {
        kind: 'stream',
        content: Readable.from([await picture()]),
      });
      expect(stored.ok).toBe(true);
    } finally {
      await ground.close();
      execFileSync('umount', ['-l', disk]);
      rmSync(folder, { recursive: true });
    }
  },
);
