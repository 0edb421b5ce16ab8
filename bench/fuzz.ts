import { availableParallelism, cpus, loadavg } from 'node:os';
import { openChance } from '../packages/server/test-chance.ts';
import { shootAt } from '../packages/server/test-shoot.ts';
import { openTarget } from '../packages/server/test-target.ts';

// `npm run bench:fuzz`: anything at all at every route, in process, with the worker stopped and the store thrown away. BODIES (default
// 100,000) go to each route that takes a body, a tenth of them to each other; SEED chooses them, ROUTE (a part of "POST /path") the routes.

const bodies = Number(process.env.BODIES ?? 100_000);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const only = process.env.ROUTE ?? '';

const row = (...cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);

const { app, ammunition, routes } = await openTarget();
const began = performance.now();
let [all, wrong] = [0, 0];
try {
  process.stdout.write(
    `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}, seed ${seed}\n\n`,
  );
  row('route', 'requests', 'a second', 'answers', '5xx, hangs, refusals without shape (goal 0)');
  row('---', '---:', '---:', '---', '---:');
  for (const [index, route] of routes.entries()) {
    const name = `${route.method} ${route.path}`;
    if (!name.includes(only)) continue;
    const started = performance.now();
    const count = route.method === 'POST' ? bodies : Math.ceil(bodies / 10);
    const found = await shootAt(app, route, { chance: openChance(seed + index), ammunition, count });
    const seconds = (performance.now() - started) / 1000;
    const statuses = Object.entries(found.statuses).map(([status, times]) => `${status}: ${times}`);
    row(`\`${name}\``, found.shots, Math.round(found.shots / seconds), statuses.join(', '), found.wrong.length);
    for (const one of found.wrong) process.stderr.write(`${one}\n\n`);
    all += found.shots;
    wrong += found.wrong.length;
  }
  const seconds = (performance.now() - began) / 1000;
  row('**all**', all, Math.round(all / seconds), `${Math.round(seconds)} s, load ${load()} at its end`, `**${wrong}**`);
} finally {
  await app.close();
}
process.exitCode = wrong === 0 && app.faults.length === 0 ? 0 : 1;
