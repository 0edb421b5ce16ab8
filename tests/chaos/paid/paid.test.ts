import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../packages/server/store/index.ts';
import { callers } from './callers.ts';
import { collect, judge } from './evidence.ts';
import { type Ended, moments, runPaid } from './run.ts';

/** Every moment twice, so that every dialect meets several; `bench/paid-once.ts` has hundreds. */
const rounds = Math.max(20, 2 * moments.length);

test.skipIf(process.platform === 'win32')(
  'killed at every moment of a paid way, in every dialect: nothing is lost, nothing is charged twice, no film is half; and what counts them counts',
  { timeout: 900_000 },
  async () => {
    let mutated = false;
    const report = await runPaid({
      ...{ rounds, seed: 20261120, seekMilliseconds: 4000 },
      async afterwards(ended) {
        await countsWhatIsWrong(ended);
        mutated = true;
      },
    });
    const { lost, twice, broken, unexplained, complaints, byDialect, kills } = report;
    expect({ lost, twice, broken, unexplained, complaints }).toEqual({
      ...{ lost: [], twice: [], broken: [], unexplained: [], complaints: [] },
    });
    expect(Object.values(kills).reduce((sum, one) => sum + one, 0)).toBe(rounds);
    expect(Object.keys(byDialect).sort()).toEqual(Object.keys(callers).sort());
    for (const one of Object.values(byDialect)) {
      expect(one.unconfirmed + one.adopted).toBeLessThanOrEqual(one.lostReplies + one.unsent);
      expect(one.done + one.failed + one.unconfirmed).toBe(one.orders);
    }
    expect(report.films).toBeGreaterThan(0);
    expect(report.faults).toBeGreaterThan(0);
    expect(report.silenced).toBeGreaterThan(0);
    expect(mutated).toBe(true);
  },
);

/** Does to the stores what must never happen, and sees that the verdict tells it. */
async function countsWhatIsWrong(ended: Ended): Promise<void> {
  const { senderFolder, vendorFolder, orders, submits, decoded, evidence: before } = ended;
  const done = orders.filter(({ word }) => before.kept.get(word)?.[0]?.state === 'done').map(({ word }) => word);
  const [doubled, gone, half, free] = done;
  expect(free, 'four films came home').toBeDefined();
  // Without the network's own account of lost replies none of them is explained.
  const doubtful = orders.filter(
    ({ word }) => before.adopted.has(word) || before.kept.get(word)?.[0]?.state === 'unconfirmed',
  );
  const quiet = submits.map((one) => ({ ...one, came: 'answered', accepted: true }) as const);
  expect(judge(orders, quiet, before).unexplained).toHaveLength(
    doubtful.filter(({ word }) => submits.some((one) => one.word === word)).length,
  );

  const like = (word: string) => `%${word}%`;
  await changing(vendorFolder, async (statement) => {
    // The vendor was asked twice for one, and never for another that is done.
    await statement(sql`
      insert into generations select (jsonb_populate_record(g, jsonb_build_object('id', g.id || 'x', 'public_id', g.public_id || 'x'))).*
      from generations g where g.request::text like ${like(doubled!)}
    `);
    await statement(sql`update generations set request = '{"shots":[]}' where request::text like ${like(free!)}`);
  });
  const lostId = before.kept.get(gone!)![0]!.id;
  await changing(senderFolder, async (statement) => {
    // A row is gone, with all that belongs to it.
    await statement(sql`set session_replication_role = replica`);
    for (const table of ['films', 'events', 'attempts'])
      await statement(sql`delete from ${sql.table(table)} where generation_id = ${lostId}`);
    await statement(sql`delete from generations where id = ${lostId}`);
  });
  // A film breaks off in the middle.
  const { sha256, bytes } = before.kept.get(half!)![0]!.films[0]!;
  truncateSync(join(senderFolder, 'files', sha256.slice(0, 2), sha256), bytes >> 1);

  const { lost, twice, broken } = judge(orders, submits, await collect(senderFolder, vendorFolder, decoded));
  expect(twice).toEqual([
    expect.stringContaining(`${doubled} (${dialectOf(doubled!)}) was charged 2 times`),
    expect.stringContaining('nobody asked for it'),
  ]);
  expect([...lost].sort()).toEqual(
    [
      `${gone} (${dialectOf(gone!)}) is not there, and was charged`,
      `${free} (${dialectOf(free!)}) is done and was not asked for`,
    ].sort(),
  );
  expect(broken.join()).toContain(sha256);

  function dialectOf(word: string): string {
    return orders.find((one) => one.word === word)!.dialect;
  }
}

async function changing(
  folder: string,
  change: (statement: (one: ReturnType<typeof sql>) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { connection, close } = await openDatabase({ folder }, { maintenanceSeconds: 0 });
  try {
    await change((one) => one.execute(connection));
  } finally {
    await close();
  }
}
