import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { frameAt, plan } from '../packages/core/animatic/index.ts';
import { startTestServer } from '../packages/server/test-server.ts';
import { firstLoad } from '../packages/studio/first-load.ts';
import type { PlayedRun, PlayerPage } from '../packages/studio/preview/pages/player-contract.ts';
import { openServerFrames, peakSignalToNoise } from '../tests/server-frames.ts';
import { openStudioPage } from '../tests/studio-page.ts';
import { passOn, storeSample } from '../tests/studio-sample.ts';
import { median, root, row } from './sample.ts';

// `npm run bench:studio`: how smoothly a draft plays in the browser, against an animation loop that paints nothing in the same run; how much
// its frames are like those of the film; and how much script the Studio's first page loads.

declare const playing: PlayerPage;

const rounds = Number(process.env.ROUNDS ?? 3);
const size = '1280x720';
/** Of the frames that an empty loop comes by, so many are painted at the least. */
const goal = 0.95;

const server = await startTestServer();
const { files, ...draft } = await storeSample(server, size);
const opened = await openStudioPage('packages/studio/preview/pages/player-page.ts', passOn(server));

const runs: PlayedRun[] = [];
for (let round = 0; round < rounds; round += 1)
  runs.push(await opened.page.evaluate((one) => playing.play(one), draft));
row(`sample preview, ${size}`, 'due', 'empty loop', 'painted', 'of due', 'of the empty loop');
row('---', '---:', '---:', '---:', '---:', '---:');
for (const [index, { due, empty, painted }] of runs.entries())
  row(
    `run ${index + 1}`,
    ...[due, empty, painted].map(String),
    (painted / due).toFixed(3),
    (painted / empty).toFixed(3),
  );
const share = median(runs.map(({ painted, empty }) => painted / empty));
row('median', '', '', '', median(runs.map(({ painted, due }) => painted / due)).toFixed(3), share.toFixed(3));
process.stdout.write(`\nThe goal is ${goal} of the empty loop: ${share >= goal ? 'reached' : 'missed'}.\n\n`);

const [first] = runs;
row('milliseconds until', 'the first page', 'later ones');
row('---', '---:', '---:');
for (const what of ['planned', 'ready'] as const)
  row(
    what,
    first!.milliseconds[what].toFixed(0),
    median(runs.slice(1).map((one) => one.milliseconds[what])).toFixed(0),
  );

const planned = plan(draft.request, draft.film, draft.facts);
const wanted = Array.from({ length: 8 }, (_, index) => Math.floor((index * (planned.frames - 1)) / 7));
const canvas = await opened.page.evaluate(([one, all]) => playing.frames(one, all), [draft, wanted] as const);
const painter = await openServerFrames(planned, (media) => files[media]!);
process.stdout.write('\n');
row('frame', ...wanted.map(String));
row('---', ...wanted.map(() => '---:'));
const likeness = wanted.map((frame, index) =>
  peakSignalToNoise(
    painter.paint(frameAt(planned, frame / planned.fps)),
    new Uint8Array(Buffer.from(canvas[index]!, 'base64')),
  ),
);
row("PSNR against the film's painter, dB", ...likeness.map((one) => one.toFixed(1)));
painter.free();
await opened.close();
await server.remove();

tellScripts(join(root, 'packages/studio/dist'));
if (share < goal || opened.errors.length > 0) {
  for (const error of opened.errors) process.stderr.write(`${error}\n`);
  process.exitCode = 1;
}

/** What is loaded before the first picture, and before somebody can write. */
function tellScripts(folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) {
    process.stdout.write('\nThe Studio is not built here: no figures of its load.\n');
    return;
  }
  const styles = [...readFileSync(page, 'utf8').matchAll(/href="\/(studio\/[^"]+\.css)"/g)].map(([, name]) => name!);
  const zipped = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0) / 1000;
  const loaded = firstLoad(folder);
  const all = readdirSync(join(folder, 'studio')).filter((name) => name.endsWith('.js'));
  const whole = all.reduce((sum, name) => sum + statSync(join(folder, 'studio', name)).size, 0) / 1000;
  process.stdout.write('\n');
  row('first load', 'kB');
  row('---', '---:');
  row('script before the first picture, gzip', zipped(loaded.page).toFixed(0));
  row('script before somebody can write, gzip (limit 250)', zipped(loaded.compose).toFixed(0));
  row('style, gzip', zipped(styles).toFixed(0));
  row('all scripts there are, unpacked', whole.toFixed(0));
}
