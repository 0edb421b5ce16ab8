import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesToSpeak, plan } from '../packages/core/animatic/index.ts';
import { review } from '../packages/core/authoring/index.ts';
import { type DrawnFilm, openAnimatic } from '../packages/server/producers/animatic/index.ts';
import { median, root, row, sample, sampleFiles, sampleRequest } from './sample.ts';

// `npm run bench:render`: what a film of the sample costs, against the encoder alone on the very same frames. Ratios are what counts:
// seconds differ from machine to machine, and a shared one is noisy, so each ratio is the median of pairs measured in turn.

const folder = mkdtempSync(join(tmpdir(), 'refreel-bench-'));
const rounds = Number(process.env.ROUNDS ?? 5);

const milliseconds = (value: number) => `${Math.round(value)} ms`;

async function measureSize(width: number, height: number): Promise<void> {
  const request = sampleRequest(width, height);
  const files = sampleFiles(request);
  const raw = join(folder, 'frames.i420');
  const films: DrawnFilm[] = [];
  const limits: number[] = [];
  let peak = 0;
  let measuring = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const animatic = await openAnimatic();
    const started = performance.now();
    const { facts } = await animatic.measure(request, files);
    measuring = performance.now() - started;
    const { film } = review(request, facts);
    if (film === undefined) throw new Error('the sample request has no film');
    // The first round also writes the frames down, and is not counted.
    const drawn = await animatic.draw(
      request,
      film,
      facts,
      files,
      join(folder, 'film.mp4'),
      round === 0 ? { rawFrames: raw } : {},
    );
    peak = Math.max(peak, animatic.peakMegabytes());
    await animatic.close();
    if (round === 0) continue;
    films.push(drawn);
    const keyframes = drawn.plan.shots.map(({ start }) => start);
    const job = JSON.stringify({ raw, file: join(folder, 'limit.mp4'), width, height, fps: 30, keyframes });
    limits.push(
      Number(execFileSync(process.execPath, [join(root, 'bench/encode-only.ts'), job], { encoding: 'utf8' })),
    );
  }
  const made = films.map(({ milliseconds: times }) => times.open + times.frames + times.finish);
  const ratios = made.map((time, index) => time / limits[index]!);
  const of = (key: keyof DrawnFilm['milliseconds']) =>
    milliseconds(median(films.map((film) => film.milliseconds[key])));
  process.stdout.write(`\n${width}x${height}, 5 s, 30 fps, veryfast, ${films[0]!.bytes} bytes\n\n`);
  row('what', 'median');
  row('---', '---:');
  row(
    '**render + encode + mux / encode only**',
    `**${median(ratios).toFixed(3)}** (goal <= 1.10; ${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)})`,
  );
  row('render + encode + mux', milliseconds(median(made)));
  row('encode only, same frames from memory', milliseconds(median(limits)));
  row('of it: painting', of('paint'));
  row('measure 4 pictures, cut out 2 (cold child)', milliseconds(measuring));
  row('speech, 2 lines (cold)', of('speech'));
  row('plan (first in its process)', of('plan'));
  row('sprites', of('sprites'));
  row('sound', of('sound'));
  row('peak memory of the child', `${Math.round(peak)} MB (goal <= 600)`);
}

function measurePlan(): void {
  const request = sampleRequest(1280, 720);
  const film = review(request, { media: {}, lines: {} }).film!;
  const facts = { media: {}, lines: {} };
  linesToSpeak(request, film, facts);
  const times = Array.from({ length: 200 }, () => {
    const started = performance.now();
    plan(request, film, facts);
    return performance.now() - started;
  });
  row('plan, warm', `${median(times).toFixed(2)} ms (goal < 5)`);
}

function measureCold(): void {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'bin/refreel'), 'render', sample, '-o', join(folder, 'cold.mp4'), '--quiet'],
      { stdio: 'inherit' },
    );
    if (status !== 0) throw new Error(`refreel render failed with ${status}`);
    return performance.now() - started;
  });
  row('`refreel render samples/sunrise.yaml`, cold (6 s of film)', `${milliseconds(median(times))} (goal <= 3000)`);
}

try {
  process.stdout.write(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}, ${rounds} rounds\n`,
  );
  await measureSize(1280, 720);
  await measureSize(1920, 1080);
  process.stdout.write('\n');
  row('what', 'median');
  row('---', '---:');
  measurePlan();
  measureCold();
  const size = execFileSync('du', ['-sm', join(root, 'node_modules')], { encoding: 'utf8' }).split('\t')[0];
  row('installed', `${size} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
