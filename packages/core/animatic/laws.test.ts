import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cameraMoves, type Reference } from '../model/index.ts';
import { type DrawList, frameAt, type Plan, plan } from './index.ts';
import {
  bind,
  bust,
  footage,
  image,
  picture,
  scene,
  subject,
  type Told,
  tell,
  video,
  wholeBody,
} from './test-request.ts';

const moveWords: Readonly<Record<(typeof cameraMoves)[number], string>> = {
  hold: 'Static shot.',
  push: 'Slow push in.',
  pull: 'Camera pulls back.',
  'pan-left': 'Camera pans left.',
  'pan-right': 'Camera pans right.',
  'tilt-up': 'Camera tilts up.',
  'tilt-down': 'Camera tilts down.',
  'track-left': 'Camera tracks left.',
  'track-right': 'Tracking shot.',
  'track-behind': 'Tracking shot from behind.',
  rise: 'Crane up.',
  sink: 'Crane down.',
  orbit: 'Camera orbits.',
};
const framingWords = [
  'Close-up.',
  'Medium shot.',
  'Wide shot.',
  'Extreme close-up.',
  'Overhead shot.',
  '近景。',
  '全景。',
  '仰拍。',
  '',
];
const deeds = [
  '@a walks toward @b.',
  '@a and @b enter from opposite sides.',
  '@a stands on the left. @b runs in from the right.',
  '@a says: "Where is everybody? I have been looking for you all day, and nobody answered." @b says: "Here."',
  '@a walks away into the distance.',
  '@a holds @b and walks toward the camera.',
  '@c 从左侧深处走来，@a 说：“我们出发吧！”',
  '@b flies over @p in the rain at night.',
  'They dance.',
  'A woman walks along the beach at sunset.',
  '@c is between @a and @b.',
  '@c sits behind @a.',
];

const cuts = fc.record({ left: fc.boolean(), top: fc.boolean(), right: fc.boolean(), bottom: fc.boolean() });
const masks = fc.oneof(
  fc.constant(undefined),
  fc.constant(wholeBody),
  fc.constant(bust),
  fc.record({
    box: fc.record({
      left: fc.double({ min: 0, max: 0.4, noNaN: true }),
      top: fc.double({ min: 0, max: 0.4, noNaN: true }),
      right: fc.double({ min: 0.6, max: 1, noNaN: true }),
      bottom: fc.double({ min: 0.6, max: 1, noNaN: true }),
    }),
    coverage: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    cut: cuts,
  }),
);

const tales = fc
  .record({
    masks: fc.tuple(masks, masks, masks),
    place: fc.boolean(),
    kinds: fc.tuple(fc.constantFrom('subject', 'image', 'clip', 'video'), fc.constantFrom('feature', 'edit', 'none')),
    shots: fc.array(
      fc.record({
        move: fc.constantFrom(...cameraMoves, undefined, undefined),
        framing: fc.constantFrom(...framingWords),
        deed: fc.constantFrom(...deeds),
        seconds: fc.double({ min: 0.6, max: 4, noNaN: true }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    size: fc.constantFrom<[number, number]>([640, 360], [360, 640], [480, 480], [1280, 544]),
    fps: fc.constantFrom(12, 23.976, 24, 30),
    frames: fc.constantFrom('none', 'start', 'end', 'both'),
    watermark: fc.boolean(),
    draftMark: fc.boolean(),
    negativePrompt: fc.constantFrom(undefined, 'text, rain', '@b, blurry'),
  })
  .map(({ masks: [a, b, c], place, kinds, shots, frames, size, fps, ...settings }): Told => {
    const first: Reference =
      kinds[0] === 'image'
        ? image('a')
        : kinds[0] === 'video'
          ? video('a', { keepSound: true })
          : subject('a', kinds[0] === 'clip' ? { image: undefined, clip: 'a.mp4' } : {});
    const references = [first, subject('b'), subject('c')];
    if (place) references.push(scene('p'));
    if (kinds[1] !== 'none') references.push(video('v', { use: kinds[1] }));
    const tags = Object.fromEntries(references.map(({ id }) => [`@${id}`, id]));
    const { negativePrompt, ...rest } = settings;
    return {
      references,
      prompt: shots.map(({ move, framing, deed }) =>
        bind(`${move === undefined ? '' : moveWords[move]} ${framing} ${deed}`, tags),
      ),
      seconds: shots.map(({ seconds }) => Math.round(seconds * 100) / 100),
      ...{ size, fps },
      media: {
        'a.png': picture(800, 1000, a),
        'b.png': picture(900, 700, b),
        'c.png': picture(500, 1200, c),
        'a.mp4': footage(640, 360, 2.5),
      },
      more: {
        ...rest,
        ...(negativePrompt === undefined ? {} : { negativePrompt }),
        ...(frames === 'start' || frames === 'both' ? { startFrame: 's.png' } : {}),
        ...(frames === 'end' || frames === 'both' ? { endFrame: 'e.png' } : {}),
      },
    };
  });

const runs = { numRuns: 60 };

function holdsForTales(name: string, law: (told: ReturnType<typeof tell>) => void): void {
  test(name, () => {
    fc.assert(
      fc.property(tales, (tale) => law(tell(tale))),
      runs,
    );
  });
}

function listsOf(plan: Plan): DrawList[] {
  return Array.from({ length: plan.frames }, (_, frame) => frameAt(plan, frame / plan.fps));
}

describe('of every plan', () => {
  holdsForTales('the shots follow each other without a gap and add up to the film', ({ plan, film }) => {
    let next = 0;
    for (const shot of plan.shots) {
      expect(shot.start).toBe(next);
      expect(shot.frames).toBeGreaterThan(0);
      next += shot.frames;
    }
    expect(next).toBe(Math.round(film.seconds * film.fps));
    expect(plan.frames).toBe(next);
  });

  holdsForTales('what is drawn is in the plan, and what is in the plan is drawn', ({ plan }) => {
    const drawn = { sprites: new Set<string>(), clips: new Set<string>() };
    for (const { operations } of listsOf(plan)) {
      for (const one of operations) {
        if (one.op === 'video') drawn.clips.add(one.clip);
        else if (one.op !== 'fade') drawn.sprites.add(one.sprite);
      }
    }
    expect([...drawn.sprites].sort()).toEqual(Object.keys(plan.sprites).sort());
    expect([...drawn.clips].sort()).toEqual(Object.keys(plan.clips).sort());
  });

  holdsForTales('numbers are finite, opacities and amounts between 0 and 1, sizes above 0', ({ plan }) => {
    for (const { operations } of listsOf(plan)) {
      for (const one of operations) {
        for (const value of Object.values(one))
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        const share = one.op === 'fade' ? one.amount : one.opacity;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        if (one.op === 'sprite' || one.op === 'video') expect(Math.min(one.width, one.height)).toBeGreaterThan(0);
      }
    }
    for (const sprite of Object.values(plan.sprites)) {
      if ('width' in sprite) expect(Math.min(sprite.width, sprite.height)).toBeGreaterThanOrEqual(1);
    }
  });

  holdsForTales('the scene covers the whole frame, always', ({ plan }) => {
    for (const { operations } of listsOf(plan)) {
      const [back] = operations;
      if (back?.op !== 'sprite' && back?.op !== 'video') throw new Error('the first operation is the scene');
      expect(back.opacity).toBe(1);
      expect(back.x).toBeLessThanOrEqual(0);
      expect(back.y).toBeLessThanOrEqual(0);
      expect(back.x + back.width).toBeGreaterThanOrEqual(plan.width);
      expect(back.y + back.height).toBeGreaterThanOrEqual(plan.height);
    }
  });

  holdsForTales('within a shot nothing jumps', ({ plan }) => {
    for (const shot of plan.shots) {
      let before: DrawList | undefined;
      for (let frame = shot.start; frame < shot.start + shot.frames; frame += 1) {
        const list = frameAt(plan, frame / plan.fps);
        if (before !== undefined) expectSmooth(before, list, plan, shot.frames);
        before = list;
      }
    }
  });

  holdsForTales('the camera goes one way', ({ plan }) => {
    for (const shot of plan.shots) {
      const centres = Array.from({ length: shot.frames }, (_, index) => {
        const [back] = frameAt(plan, (shot.start + index) / plan.fps).operations;
        if (back?.op !== 'sprite' && back?.op !== 'video') throw new Error('the first operation is the scene');
        return [back.x + back.width / 2, back.y + back.height / 2, back.width];
      });
      for (const axis of [0, 1, 2]) {
        const steps = centres.slice(1).map((centre, index) => centre[axis]! - centres[index]![axis]!);
        expect(steps.every((step) => step >= -1e-6) || steps.every((step) => step <= 1e-6)).toBe(true);
      }
    }
  });

  holdsForTales(
    'whoever rests and is whole at the first frame is whole at the last, if nobody asked for a move',
    ({ plan }) => {
      for (const shot of plan.shots) {
        const asked = shot.move !== 'hold' && !(shot.move === 'push' && shot.camera.to.z <= 0.25);
        for (const figure of asked ? [] : shot.figures) {
          const rests = figure.from.x === figure.to.x && figure.from.depth === figure.to.depth;
          if (!rests || figure.gait !== 'stand' || figure.sticks.length > 0) continue;
          const alone = { ...plan, shots: [{ ...shot, figures: [figure], weather: undefined }] };
          const [first, last] = [shot.start, shot.start + shot.frames - 1].map((frame) =>
            edgesOf(alone, figure, frame),
          );
          const room = 0.011;
          if (first === undefined || last === undefined || first.some((edge) => edge < room)) continue;
          for (const edge of last) expect(edge).toBeGreaterThanOrEqual(0);
        }
      }
    },
  );

  holdsForTales('who is cut off by its photograph keeps to the edge of the frame', ({ plan }) => {
    for (const shot of plan.shots) {
      for (const figure of shot.figures) {
        if (!('sprite' in figure.look) || figure.sticks.length === 0) continue;
        const alone = { ...plan, shots: [{ ...shot, figures: [figure] }] };
        for (let frame = shot.start; frame < shot.start + shot.frames; frame += 3) {
          const [, , ...rest] = frameAt(alone, frame / plan.fps).operations;
          const place = [frameAt(alone, frame / plan.fps).operations[1], ...rest].find(
            (one) => one?.op === 'sprite' && 'sprite' in figure.look && one.sprite === figure.look.sprite,
          );
          if (place?.op !== 'sprite') continue;
          if (figure.sticks.includes('bottom')) expect(place.y + place.height).toBeGreaterThanOrEqual(plan.height);
          if (figure.sticks.includes('top')) expect(place.y).toBeLessThanOrEqual(0);
          if (figure.sticks.includes('left')) expect(place.x).toBeLessThanOrEqual(0);
          if (figure.sticks.includes('right')) expect(place.x + place.width).toBeGreaterThanOrEqual(plan.width);
        }
      }
    }
  });

  holdsForTales('the film starts with the start frame and ends with the end frame, exactly', ({ plan, request }) => {
    const covers = (list: DrawList, media: string) =>
      list.operations.find((one) => {
        const sprite = one.op === 'sprite' ? plan.sprites[one.sprite] : undefined;
        return sprite?.make === 'picture' && sprite.media === media;
      });
    const exactly = { x: 0, y: 0, width: plan.width, height: plan.height, opacity: 1 };
    const pictures = listsOf(plan);
    if (request.startFrame !== undefined) expect(covers(pictures[0]!, 's.png')).toMatchObject(exactly);
    if (request.endFrame !== undefined) expect(covers(pictures.at(-1)!, 'e.png')).toMatchObject(exactly);
  });

  holdsForTales('lines never overlap and start within the film', ({ plan, film }) => {
    for (const [index, line] of plan.lines.entries()) {
      const before = plan.lines[index - 1];
      expect(line.start).toBeGreaterThanOrEqual(before === undefined ? 0 : before.start + before.seconds);
      expect(line.start).toBeLessThan(film.seconds);
    }
  });

  holdsForTales('subtitles follow each other within the film, and say what is said', ({ plan, film }) => {
    let end = 0;
    for (const subtitle of plan.subtitles) {
      expect(subtitle.start).toBeGreaterThanOrEqual(end - 1e-9);
      expect(subtitle.end).toBeGreaterThan(subtitle.start);
      end = subtitle.end;
    }
    expect(end).toBeLessThanOrEqual(film.seconds);
    for (const line of plan.lines.slice(0, -1)) {
      if (plan.subtitles.length === 0) continue;
      const said = plan.subtitles.filter(({ start }) => start >= line.start && start < line.start + line.seconds);
      const letters = (text: string) => text.replace(/\s/g, '');
      expect(letters(said.map(({ text }) => text).join(''))).toContain(letters(line.text));
    }
  });

  holdsForTales(
    'the same request gives the same plan, and is left as it was',
    ({ request, film, facts, plan: made }) => {
      const frozen = deepFrozen({ request, film, facts });
      expect(plan(frozen.request, frozen.film, frozen.facts)).toEqual(made);
      expect(plan(structuredClone(request), structuredClone(film), structuredClone(facts))).toEqual(made);
      for (const seconds of [0, film.seconds / 2])
        expect(frameAt(deepFrozen(structuredClone(made)), seconds)).toEqual(frameAt(made, seconds));
    },
  );
});

/** Sprites that are in both lists once move by less than would be seen as a jump: a share of the frame that a short shot stretches. */
function expectSmooth(before: DrawList, after: DrawList, plan: Plan, frames: number): void {
  const most = 0.02 + 5.5 / frames;
  const weather = new Set(plan.shots.flatMap(({ weather }) => weather?.sprite ?? []));
  for (const [index, one] of after.operations.entries()) {
    const other = before.operations[index];
    if (one.op !== 'sprite' || other?.op !== 'sprite' || one.sprite !== other.sprite || weather.has(one.sprite))
      continue;
    expect(Math.abs(one.x + one.width / 2 - other.x - other.width / 2) / plan.width).toBeLessThan(most);
    expect(Math.abs(one.y + one.height - other.y - other.height) / plan.height).toBeLessThan(most);
    expect(Math.abs(Math.log(one.width / other.width))).toBeLessThan(most);
  }
}

/** How far a figure's edges are inside the frame, in shares of it: left, right, top, bottom. */
function edgesOf(plan: Plan, figure: Plan['shots'][number]['figures'][number], frame: number): number[] | undefined {
  const drawn = frameAt(plan, frame / plan.fps).operations.find((one) =>
    'sprite' in figure.look
      ? one.op === 'sprite' && one.sprite === figure.look.sprite
      : one.op === 'video' && one.clip === figure.look.clip,
  );
  if (drawn?.op !== 'sprite' && drawn?.op !== 'video') return undefined;
  return [
    drawn.x / plan.width,
    1 - (drawn.x + drawn.width) / plan.width,
    drawn.y / plan.height,
    1 - (drawn.y + drawn.height) / plan.height,
  ];
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) deepFrozen(part);
  return Object.freeze(value);
}
