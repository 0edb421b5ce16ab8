import { availableParallelism, cpus, loadavg } from 'node:os';
import { runPaid } from '../tests/chaos/paid/run.ts';

// `npm run bench:paid`: a sender is killed at every moment of a paid generation's way, of every dialect; its vendor is another Refreel, which
// counts. ROUNDS (default 216), FIRST (the number of the first one) and SEED choose the run.

const rounds = Number(process.env.ROUNDS ?? 216);
const first = Number(process.env.FIRST ?? 0);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const row = (...cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const load = () => loadavg()[0]!.toFixed(1);

const began = performance.now();
process.stdout.write(
  `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, load ${load()}, seed ${seed}, rounds ${first} to ${first + rounds - 1}\n\n`,
);
const report = await runPaid({
  ...{ rounds, first, seed },
  onRound: (number) => {
    if (number % 10 === 0)
      process.stderr.write(`${number} rounds, ${Math.round((performance.now() - began) / 1000)} s\n`);
  },
});
const { byDialect, kills, missed, faults, silenced, films, lost, twice, broken, unexplained, complaints } = report;
row(
  'dialect',
  'asked for',
  'given up',
  'charged',
  'done',
  'failed',
  'replies lost',
  'killed before a byte',
  'found again',
  'unconfirmed',
);
row('---', ...Array.from({ length: 9 }, () => '---:'));
const all = Object.entries(byDialect).map(([dialect, one]) => {
  const cells = [
    one.orders,
    one.givenUp,
    one.charged,
    one.done,
    one.failed,
    one.lostReplies,
    one.unsent,
    one.adopted,
    one.unconfirmed,
  ];
  row(dialect, ...cells);
  return cells;
});
row('all', ...all.reduce((sums, cells) => sums.map((sum, at) => sum + cells[at]!)));
process.stdout.write('\n');
row('what', 'found', 'goal');
row('---', '---:', '---:');
row(
  'kills',
  Object.values(kills).reduce((sum, one) => sum + one, 0),
  '>= 200',
);
row(
  'of them at',
  Object.entries(kills)
    .map(([moment, times]) => `${moment} ${times}`)
    .join(', '),
  '',
);
row('moments that did not come in time', missed, '');
row('faults shown by the vendor / connections that went silent', `${faults} / ${silenced}`, '');
row('films of the sender, each decoded', films, '');
row('**lost**', `**${lost.length}**`, 0);
row('**charged twice**', `**${twice.length}**`, 0);
row('**reported done and no film, or another lie**', `**${broken.length}**`, 0);
row('unconfirmed without a reason', unexplained.length, 0);
row('answers and processes that should not be', complaints.length, 0);
row('took', `${Math.round((performance.now() - began) / 1000)} s, load ${load()} at its end`, '');
const wrong = [...lost, ...twice, ...broken, ...unexplained, ...complaints];
for (const one of wrong) process.stderr.write(`${one}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
