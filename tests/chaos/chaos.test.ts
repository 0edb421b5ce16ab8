import { expect, test } from 'vitest';
import { runChaos } from './chaos.ts';
import { moments } from './moments.ts';

/** Every moment once, and as many again as make twenty. */
const kills = Math.max(20, moments.length);

test.skipIf(process.platform === 'win32')(
  'killed at every moment: nothing acknowledged is lost, no film is half, no row lies',
  {
    timeout: 600_000,
  },
  async () => {
    const { kills: done, missed, films, ...report } = await runChaos({ kills, seed: 20261120, checkEvery: 10 });
    expect(Object.values(done).reduce((sum, one) => sum + one, 0)).toBe(kills);
    expect(report).toMatchObject({ lost: [], doubled: [], lies: [], complaints: [] });
    expect(missed).toBe(0);
    expect(films).toBeGreaterThan(0);
    expect(report.acknowledged).toBeGreaterThan(kills);
    expect(report.replays).toBeGreaterThan(0);
  },
);
