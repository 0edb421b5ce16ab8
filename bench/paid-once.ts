import { boundaries, runPaidOnce } from '../tests/sending/paid-once.ts';

// node bench/paid-once.ts [kills] [seed]: a sender is killed at every boundary of a paid generation, and the vendor counts.

const kills = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
const began = performance.now();
const report = await runPaidOnce({
  kills,
  seed,
  onKill: (number, boundary) => process.stderr.write(`\r${number}/${kills} ${boundary.padEnd(12)}`),
});
process.stderr.write('\n');
const { twice, lost, broken, complaints, ...counts } = report;
process.stdout.write(
  `${JSON.stringify({ seed, minutes: Math.round((performance.now() - began) / 6000) / 10, ...counts })}\n`,
);
for (const [name, all] of Object.entries({ twice, lost, broken, complaints }))
  process.stdout.write(`${name}: ${all.length}\n${all.map((one) => `  ${one}\n`).join('')}`);
const failed = [twice, lost, broken, complaints].filter((all) => all.length > 0).length;
process.stdout.write(`${4 - failed} passed, ${failed} failed; ${boundaries.length} boundaries\n`);
process.exitCode = failed === 0 ? 0 : 1;
