import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frameAt } from '@refreel/core/animatic';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectFilm } from '../../packages/server/media/film/inspect.ts';
import { makeFilm } from '../../packages/server/media/test-media.ts';
import { decodeSound, pictureTrackFacts } from '../../packages/server/producers/animatic/encoder/measure-film.ts';
import { type Animatic, openAnimatic } from '../../packages/server/producers/animatic/index.ts';
import { media } from './command.ts';
import { apart, difference, draw, type Rgb, type SeenFrame, seeFrames } from './films.ts';

let folder: string;
let animatic: Animatic;
let number = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-film-test-'));
  animatic = await openAnimatic();
});
afterAll(async () => {
  await animatic.close();
  await rm(folder, { recursive: true, force: true });
});

const small = { size: '320x180', seconds: 1, audio: false, prompt: 'A woman stands by the sea.' };
const film = () => join(folder, `film-${number++}.mp4`);
const make = (written: Record<string, unknown>, by = animatic) => draw(by, { ...small, ...written }, film());
const frames = async (written: Record<string, unknown>) => seeFrames((await make(written)).file);

describe('the file is what was asked for', () => {
  test.for([
    { size: '320x180', fps: 24, audio: true },
    { size: '854x480', fps: 25, audio: false },
    { size: '180x320', fps: 30, audio: true },
    { size: '64x64', fps: 60, audio: false },
    { size: '320x180', fps: 23.976, audio: true },
    { size: '322x182', fps: 29.97, audio: true, seconds: 1.7 },
  ])('$size, $fps fps, sound: $audio', async ({ size, fps, audio, seconds = 1 }) => {
    const made = await make({ size, fps, audio, seconds });
    const found = await inspectFilm(made.file);
    const [width, height] = size.split('x').map(Number);
    const exact = fps === 23.976 ? 24_000 / 1001 : fps === 29.97 ? 30_000 / 1001 : fps;
    expect(found).toMatchObject({ width, height, codec: 'avc', profile: 'High', pixelFormat: 'yuv420p' });
    expect(found).toMatchObject({ faststart: true, decodes: true, bytes: made.bytes, frames: made.frames });
    expect(found.frames).toBe(Math.round(seconds * fps));
    expect(found.fps).toBeCloseTo(exact, 3);
    expect(Math.abs(found.seconds - seconds)).toBeLessThanOrEqual(1 / fps);
    if (audio) {
      expect(found.audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2 });
      expect(Math.abs(found.audio!.seconds - found.seconds)).toBeLessThanOrEqual(1 / fps);
    } else {
      expect(found.audio).toBeUndefined();
    }
    expect(found.comment).toContain('Draft');
    const { colour } = await pictureTrackFacts(made.file);
    expect(colour).toMatchObject({ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false });
  });

  test('the metadata says whose film it is not', async () => {
    const { comment } = await inspectFilm((await make({ model: 'sora-2', seconds: 4, size: undefined })).file);
    expect(comment).toBe('Draft: a storyboard film drawn offline by Refreel, not by sora-2.');
  });
});

test('every shot begins with a frame that players can seek to, and looks different', async () => {
  const shots = [
    { prompt: 'Wide shot of a city at night.', seconds: 0.6 },
    { prompt: 'A forest in the morning.', seconds: 0.5 },
    { prompt: 'Close-up of waves, the sea at noon.', seconds: 0.7 },
  ];
  const made = await make({ shots, prompt: undefined, seconds: undefined, fps: 30 });
  const starts = made.plan.shots.map(({ start }) => start);
  expect(starts).toEqual([0, 18, 33]);
  expect((await pictureTrackFacts(made.file)).idrFrames).toEqual(expect.arrayContaining(starts));
  const seen = await seeFrames(made.file);
  expect(seen).toHaveLength(54);
  for (const start of starts.slice(1)) {
    const within = difference(seen[start - 2]!, seen[start - 1]!);
    expect(difference(seen[start - 1]!, seen[start]!)).toBeGreaterThan(4 * within + 2);
  }
});

describe('marks', () => {
  const topRight = { left: 0.6, top: 0, right: 1, bottom: 0.15 };
  const bottomRight = { left: 0.5, top: 0.85, right: 1, bottom: 1 };
  let plain: SeenFrame;

  beforeAll(async () => {
    const made = await make({ draftMark: false });
    plain = (await seeFrames(made.file))[0]!;
    expect((await inspectFilm(made.file)).comment).toContain('Draft');
  });

  test('DRAFT stands in a corner unless it is left out', async () => {
    const [marked] = await frames({});
    expect(difference(marked!, plain, topRight)).toBeGreaterThan(3);
    expect(difference(marked!, plain, bottomRight)).toBeLessThan(1);
  });

  test('the watermark stands in another corner', async () => {
    const [marked] = await frames({ draftMark: false, watermark: true });
    expect(difference(marked!, plain, bottomRight)).toBeGreaterThan(1.5);
    expect(difference(marked!, plain, topRight)).toBeLessThan(1);
  });
});

test('the same request and seed give the same bytes, in another process too', async () => {
  const written = {
    references: [
      { name: 'collins', image: join(media, 'astronaut.png') },
      { name: 'hill', kind: 'scene', image: join(media, 'sunset.jpg') },
    ],
    prompt: '@collins walks across @hill. @collins says: "Look at that." 雨。',
    audio: true,
    seed: 7,
  };
  const hash = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  const other = await openAnimatic();
  try {
    const [one, two, third] = [await make(written), await make(written, other), await make(written, other)];
    expect(await hash(two.file)).toBe(await hash(one.file));
    expect(await hash(third.file)).toBe(await hash(one.file));
    const reseeded = await make({ ...written, seed: 8 });
    expect(reseeded.frames).toBe(one.frames);
  } finally {
    await other.close();
  }
});

/** A picture that no figure or backdrop resembles: two strong colours and a light ramp. */
async function gradient(name: string, [red, green, blue]: Rgb): Promise<string> {
  const [width, height] = [640, 360];
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data.set(x < width / 2 ? [red, green, blue] : [(x * 255) / width, (y * 255) / height, 90], (y * width + x) * 3);
  const file = join(folder, name);
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
  return file;
}

/** Peak signal-to-noise ratio of a frame's luma against a picture at its size, in decibels. */
async function likeness(frame: SeenFrame, picture: string): Promise<number> {
  const { width, height } = frame;
  const { data } = await sharp(picture)
    .resize(width, height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let squares = 0;
  for (let at = 0; at < width * height; at += 1) {
    const [red, green, blue] = [data[at * 3]!, data[at * 3 + 1]!, data[at * 3 + 2]!];
    const luma = 16 + (219 / 255) * (0.2126 * red + 0.7152 * green + 0.0722 * blue);
    squares += (luma - frame.luma[at]!) ** 2;
  }
  return 10 * Math.log10((255 * 255 * width * height) / squares);
}

test('the start frame is the first frame and the end frame the last', async () => {
  const startFrame = await gradient('start.png', [200, 30, 60]);
  const endFrame = await gradient('end.png', [20, 160, 80]);
  const seen = await frames({ startFrame, endFrame, draftMark: false, seconds: 2 });
  expect(await likeness(seen[0]!, startFrame)).toBeGreaterThan(30);
  expect(await likeness(seen.at(-1)!, endFrame)).toBeGreaterThan(30);
  expect(await likeness(seen.at(-1)!, startFrame)).toBeLessThan(20);
});

describe('reference videos play', () => {
  /** Its grey rises with time: 25 frames from dark to light. */
  const rising = () =>
    makeFilm(join(folder, 'rising.mp4'), {
      ...{ width: 320, height: 180, frames: 25, fps: 25 },
      paint: (frame, planes) => planes.forEach((plane, index) => void plane.fill(index ? 128 : 40 + frame * 7)),
    });

  test('as somebody in the picture', async () => {
    const made = await make({
      references: [{ name: 'dancer', kind: 'video', video: rising(), use: 'subject' }],
      prompt: '@dancer dances on a stage.',
      fps: 25,
    });
    const seen = await seeFrames(made.file);
    const greys = [2, 12, 22].map((frame) => {
      const place = frameAt(made.plan, frame / 25).operations.find(({ op }) => op === 'video');
      if (place?.op !== 'video') throw new Error('no video is drawn');
      const [x, y] = [(place.x + place.width / 2) / 320, (place.y + place.height / 2) / 180];
      return seen[frame]!.at(x, y)[0];
    });
    expect(greys[1]! - greys[0]!).toBeGreaterThan(40);
    expect(greys[2]! - greys[1]!).toBeGreaterThan(40);
  });

  test('as the film to change, all over the frame', async () => {
    const seen = await frames({
      references: [{ name: 'take', kind: 'video', video: rising(), use: 'edit' }],
      prompt: 'Make @take look like winter.',
      draftMark: false,
      fps: 25,
    });
    for (const [x, y] of [
      [0.03, 0.05],
      [0.97, 0.5],
      [0.03, 0.6],
      [0.5, 0.4],
    ] as const) {
      expect(seen[20]!.at(x, y)[1] - seen[3]!.at(x, y)[1], `at ${x}, ${y}`).toBeGreaterThan(60);
    }
  });
});

test('a person who was cut out stands where the plan says', async () => {
  const person = join(folder, 'person.png');
  // Somebody in magenta before nothing: the picture's own alpha is the cut.
  await writeFile(
    person,
    await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="600"><rect x="60" y="30" width="180" height="540" rx="80" fill="#e000c0"/></svg>',
      ),
    )
      .png()
      .toBuffer(),
  );
  const isMagenta = ([red, green, blue]: Rgb) => red > green + 50 && blue > green + 50;
  for (const [side, other] of [
    ['left', 0.8],
    ['right', 0.2],
  ] as const) {
    const made = await make({
      references: [{ name: 'mei', image: person }],
      prompt: `Wide static shot. @mei stands on the ${side} of a plain.`,
    });
    const at = 0.5;
    const figure = made.plan.shots[0]!.figures.find(({ reference }) => reference !== undefined)!;
    const sprite = 'sprite' in figure.look ? figure.look.sprite : '';
    const place = frameAt(made.plan, at).operations.find((one) => one.op === 'sprite' && one.sprite === sprite);
    if (place?.op !== 'sprite') throw new Error('nobody is drawn');
    const [x, y] = [(place.x + place.width / 2) / 320, (place.y + place.height / 2) / 180];
    expect(x < 0.5).toBe(side === 'left');
    const frame = (await seeFrames(made.file))[Math.round(at * 24)]!;
    expect(isMagenta(frame.at(x, y)), `${side}: ${frame.at(x, y)}`).toBe(true);
    expect(isMagenta(frame.at(other, y)), `opposite of ${side}: ${frame.at(other, y)}`).toBe(false);
  }
});

test.for([
  { language: 'English', prompt: 'In a quiet room a man says: "Good morning."' },
  { language: 'Chinese', prompt: '安静的房间里，女孩说：“早上好，我们走吧。”' },
])('$language speech is heard above the ambience', async ({ prompt }) => {
  const made = await make({ prompt, seconds: 4, audio: true, size: '64x64' });
  const [line] = made.plan.lines;
  expect(line!.envelope.length).toBeGreaterThan(5);
  const { left, right } = await decodeSound(made.file);
  const loudness = (from: number, to: number) => {
    let sum = 0;
    const [first, last] = [Math.round(from * 48_000), Math.round(to * 48_000)];
    for (let at = first; at < last; at += 1) sum += ((left[at]! + right[at]!) / 2) ** 2;
    return 10 * Math.log10(sum / (last - first) + 1e-12);
  };
  const end = line!.start + line!.seconds;
  expect(end).toBeLessThan(3.6);
  expect(loudness(line!.start, end)).toBeGreaterThan(loudness(end + 0.3, 3.98) + 12);
});

test('without any reference it is still a picture with something in it that moves', async () => {
  const seen = await frames({ prompt: 'A dog runs through a forest in the rain, camera pans left.', fps: 24 });
  const [first, last] = [seen[0]!, seen.at(-1)!];
  const mean = first.luma.reduce((sum, value) => sum + value, 0) / first.luma.length;
  const spread = Math.sqrt(first.luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.luma.length);
  expect(mean).toBeGreaterThan(35);
  expect(spread).toBeGreaterThan(10);
  expect(difference(first, last)).toBeGreaterThan(1.5);
  expect(apart(first.at(0.5, 0.1), first.at(0.5, 0.9))).toBeGreaterThan(15);
});

test('several films stay within the memory that a small machine has', () => {
  expect(animatic.peakMegabytes()).toBeLessThan(600);
});
