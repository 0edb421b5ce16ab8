import { availableParallelism, cpus, loadavg } from 'node:os';
import { dialects } from '@refreel/core/dialects';
import type { Goldens } from '../packages/core/dialects/golden.ts';
import { readsJson, shootBodies } from '../packages/server/test-bodies.ts';
import { openChance } from '../packages/server/test-chance.ts';
import { type DecoderShots, shootAnswers, shootAsks } from '../packages/server/test-decoders.ts';
import { type FuzzRoute, takesBody } from '../packages/server/test-fuzz.ts';
import { isNative, shootAt } from '../packages/server/test-shoot.ts';
import { openTarget } from '../packages/server/test-target.ts';

// `npm run bench:fuzz`: anything at all, in process, with the worker stopped. BODIES (default 100,000) mutated documents go to the decoders of each
// dialect and to what reads the bodies of each native route; then requests to the addresses: so many for each dialect, REQUESTS (default as many) for
// each native route that takes a body, and a tenth to each other one. Every route has a store of its own that is thrown away. SEED chooses them, ONLY
// (a part of a line's name) the lines.

const bodies = Number(process.env.BODIES ?? 100_000);
const requests = Number(process.env.REQUESTS ?? bodies);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const only = process.env.ONLY ?? '';

const row = (...cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);
const began = performance.now();
let [all, wrong] = [0, 0];

process.stdout.write(
  `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}, seed ${seed}\n\n`,
);
row('decoders', 'messages', 'a second', 'read / refused', 'slowest', 'wrong (goal 0)');
row('---', '---:', '---:', '---:', '---:', '---:');
for (const [index, dialect] of dialects.entries())
  for (const [what, shoot] of [
    ['requests', shootAsks],
    ['answers', shootAnswers],
  ] as const) {
    const name = `${dialect.id}, ${what}`;
    if (!name.includes(only)) continue;
    const { goldens } = (await import(`../packages/core/dialects/${dialect.id}/goldens/index.ts`)) as {
      goldens: Goldens;
    };
    await tell(name, () => shoot(dialect, goldens, openChance(seed + index), bodies));
  }

const reading = await openTarget();
for (const [index, route] of reading.app.routes.filter(readsJson).entries()) {
  const name = `${route.method} ${route.path}, bodies`;
  if (!name.includes(only)) continue;
  const { ammunition } = reading;
  await tell(name, () =>
    shootBodies(reading.app, route, { chance: openChance(seed + index), ammunition, count: bodies }),
  );
}
await reading.app.close();

process.stdout.write('\n');
row('route', 'requests', 'a second', 'answers', '5xx, hangs, refusals without shape (goal 0)');
row('---', '---:', '---:', '---', '---:');
const { routes } = reading;
const ofVendorsFirst = [...routes.filter((route) => !isNative(route)), ...routes.filter(isNative)];
for (const [index, route] of ofVendorsFirst.entries()) {
  const name = `${route.method} ${route.path}`;
  if (!name.includes(only)) continue;
  const target = await openTarget();
  try {
    const started = performance.now();
    const count = shareOf(route, routes);
    const found = await shootAt(target.app, route, {
      chance: openChance(seed + index),
      ammunition: target.ammunition,
      count,
    });
    const seconds = (performance.now() - started) / 1000;
    const statuses = Object.entries(found.statuses).map(([status, times]) => `${status}: ${times}`);
    row(`\`${name}\``, found.shots, Math.round(found.shots / seconds), statuses.join(', '), found.wrong.length);
    tally(found.shots, [...found.wrong, ...(found.wrong.length === 0 ? target.app.faults.map(String) : [])]);
  } finally {
    await target.app.close();
  }
}
row(
  '**all**',
  all,
  Math.round(all / ((performance.now() - began) / 1000)),
  `load ${load()} at its end`,
  `**${wrong}**`,
);
process.exitCode = wrong === 0 ? 0 : 1;

/** A line about what was fed to a decoder. */
async function tell(name: string, shoot: () => DecoderShots | Promise<DecoderShots>): Promise<void> {
  const started = performance.now();
  const { shots, read, refused, slowest, wrong: found } = await shoot();
  const rate = Math.round((1000 * shots) / (performance.now() - started));
  row(name, shots, rate, `${read} / ${refused}`, `${slowest.toFixed(0)} ms`, found.length);
  tally(shots, found);
}

function tally(shots: number, found: readonly string[]): void {
  for (const one of found) process.stderr.write(`${one}\n\n`);
  all += shots;
  wrong += found.length;
}

/** What goes to a route: of a dialect's it is a share of what goes to them all, ten times as much where a body is taken. */
function shareOf(route: FuzzRoute, all: readonly FuzzRoute[]): number {
  const weight = (one: FuzzRoute) => (takesBody(one) ? 1 : 0.1);
  if (isNative(route)) return Math.ceil(requests * weight(route));
  const vendor = (one: FuzzRoute) => (isNative(one) ? undefined : one.path.split('/')[1]);
  const family = all.filter((one) => vendor(one) === vendor(route));
  return Math.ceil((bodies * weight(route)) / family.reduce((sum, one) => sum + weight(one), 0));
}
