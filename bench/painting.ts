import { type DrawList, type DrawOperation, frameAt, type Plan, plan } from '../packages/core/animatic/index.ts';
import { review } from '../packages/core/authoring/index.ts';
import type { Media } from '../packages/core/model/index.ts';
import { openCutter } from '../packages/server/media/cutout.ts';
import { readPicture } from '../packages/server/media/picture.ts';
import { openAnimatic } from '../packages/server/producers/animatic/index.ts';
import { createPainter, makeSprite, type SpriteSources } from '../packages/server/producers/animatic/painter/index.ts';
import { row, sampleFiles, sampleRequest } from './sample.ts';

// `node bench/painting.ts`: what painting alone costs, all together and for each kind of operation by itself, in processor time a frame.
// Processor time is nearly the same on a busy machine, and the best of several rounds is what the code costs when nobody disturbs it.

const rounds = Number(process.env.ROUNDS ?? 15);
const sizes = [
  [1280, 720],
  [1920, 1080],
] as const;

/** The sample's plan, and a painter that has its pictures. */
async function stage(width: number, height: number) {
  const request = sampleRequest(width, height);
  const files = sampleFiles(request);
  const animatic = await openAnimatic();
  const { facts } = await animatic.measure(request, files);
  await animatic.close();
  const { film } = review(request, facts);
  if (film === undefined) throw new Error('the sample request has no film');
  const planned = plan(request, film, facts);
  const cutter = await openCutter();
  const picture = (media: Media) => readPicture(files[media]!);
  const sources: SpriteSources = {
    picture,
    async cutout(media) {
      const whole = await picture(media);
      return (await cutter.cut(whole))?.picture ?? whole;
    },
  };
  const painter = createPainter(planned);
  for (const [key, sprite] of Object.entries(planned.sprites))
    painter.addPicture(key, await makeSprite(sprite, sources));
  return { planned, painter };
}

/** Milliseconds of processor time of one of these frames. */
function cost(paint: (list: DrawList) => void, lists: readonly DrawList[]): number {
  const times = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (const list of lists) paint(list);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / lists.length;
  });
  return Math.min(...times);
}

function kindOf(operation: DrawOperation, { sprites }: Plan): string {
  return 'sprite' in operation ? (sprites[operation.sprite]?.make ?? 'unknown') : operation.op;
}

for (const [width, height] of sizes) {
  const { planned, painter } = await stage(width, height);
  const lists = Array.from({ length: planned.frames }, (_, frame) => frameAt(planned, frame / planned.fps));
  const only = (operations: (of: DrawList) => readonly DrawOperation[]) =>
    lists.map((list) => ({ ...list, operations: operations(list) }));
  const paint = (list: DrawList) => painter.paint(list);
  cost(paint, lists);
  process.stdout.write(`\n${width}x${height}, ${planned.frames} frames, best of ${rounds} rounds\n\n`);
  row('what', 'times', 'ms a frame');
  row('---', '---:', '---:');
  row('**all of it**', '', cost(paint, lists).toFixed(3));
  const black = cost(
    paint,
    only(() => []),
  );
  row('an empty frame', '', black.toFixed(3));
  const kinds = new Map<string, number>();
  for (const { operations } of lists)
    for (const operation of operations) {
      const kind = kindOf(operation, planned);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  for (const [kind, times] of kinds) {
    const alone = only(({ operations }) => operations.filter((operation) => kindOf(operation, planned) === kind));
    // What covers the frame does not have it emptied before.
    const emptied = kind === 'picture' ? 0 : black;
    row(`${kind}, alone`, String(times), (cost(paint, alone) - emptied).toFixed(3));
  }
  for (const shot of planned.shots)
    row(`shot of ${shot.frames} frames`, '', cost(paint, lists.slice(shot.start, shot.start + shot.frames)).toFixed(3));
  painter.free();
}
process.exit(0);
