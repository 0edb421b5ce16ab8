import { availableParallelism, cpus, loadavg } from 'node:os';
import { runChaos } from '../tests/chaos/chaos.ts';

// `npm run bench:chaos`: a server that is killed at every moment of its life, again and again. KILLS (default 210) and SEED choose the run.

const kills = Number(process.env.KILLS ?? 210);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

const row = (name: string, ...cells: readonly (string | number)[]) =>
  process.stdout.write(`| ${[name, ...cells].join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);
const share = (values: readonly number[], part: number) =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN;

const began = performance.now();
process.stdout.write(
  `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}, seed ${seed}\n\n`,
);
const report = await runChaos({
  ...{ kills, seed, checkEvery: 20 },
  onKill: (number) => {
    if (number % 10 === 0)
      process.stderr.write(`${number} kills, ${Math.round((performance.now() - began) / 1000)} s\n`);
  },
});
row('killed at', 'times');
row('---', '---:');
for (const [moment, times] of Object.entries(report.kills)) row(moment, times);
process.stdout.write('\n');
row('what', 'found', 'goal');
row('---', '---:', '---:');
row(
  'kills',
  Object.values(report.kills).reduce((sum, one) => sum + one, 0),
  '>= 200',
);
row(
  'requests sent / acknowledged / sent again under their key',
  `${report.sent} / ${report.acknowledged} / ${report.replays}`,
  '',
);
row('films finished, each decoded and held against its row', report.films, '');
row('**acknowledged and lost**', `**${report.lost.length}**`, 0);
row('**accepted twice**', `**${report.doubled.length}**`, 0);
row('**rows and films that lie**', `**${report.lies.length}**`, 0);
row('answers, processes and files that should not be', report.complaints.length, 0);
row(
  'start after a kill, median / slowest',
  `${Math.round(share(report.starts, 0.5))} / ${Math.round(share(report.starts, 1))} ms`,
  '',
);
row('took', `${Math.round((performance.now() - began) / 1000)} s, load ${load()} at its end`, '');
const wrong = [...report.lost, ...report.doubled, ...report.lies, ...report.complaints];
for (const one of wrong) process.stderr.write(`${one}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
