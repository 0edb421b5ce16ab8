import { expect, test } from 'vitest';
import { frameAt, voiceFor } from '../index.ts';
import { bind, footage, subject, tell, video, voice } from '../test-request.ts';

test('a video of somebody plays on the stage, where the words put it', () => {
  const { plan } = tell({
    references: [video('mei'), subject('bob')],
    prompt: bind('@mei sings on the right, @bob listens.', { '@mei': 'mei', '@bob': 'bob' }),
    media: { 'mei.mp4': footage(640, 360, 4) },
  });
  const mei = plan.shots[0]!.figures.find(({ reference }) => reference === 'mei')!;
  expect(mei.to.x).toBeGreaterThan(0.6);
  expect('clip' in mei.look && plan.clips[mei.look.clip]).toMatchObject({ media: 'mei.mp4', seconds: 4 });
  // Its frame keeps the video's own ratio.
  expect(((mei.width * plan.width) / (mei.height * plan.height)) * (9 / 16)).toBeCloseTo(1);
  const played = frameAt(plan, 2).operations.find(({ op }) => op === 'video');
  expect(played).toMatchObject({ seconds: 2 });
});

test('a subject that has only a clip is seen in it', () => {
  const { plan } = tell({
    references: [subject('mei', { image: undefined, clip: 'mei.mp4' })],
    prompt: bind('@mei dances.', { '@mei': 'mei' }),
  });
  const [mei] = plan.shots[0]!.figures;
  expect(mei !== undefined && 'clip' in mei.look && plan.clips[mei.look.clip]).toMatchObject({ media: 'mei.mp4' });
});

test('a video that guides is small in a corner, with its name, and not on the stage', () => {
  const { plan } = tell({
    references: [subject('mei'), video('moves', { use: 'feature' })],
    prompt: bind('@mei dances like @moves.', { '@mei': 'mei', '@moves': 'moves' }),
  });
  expect(plan.shots[0]!.figures.map(({ reference }) => reference)).toEqual(['mei']);
  const [guide] = plan.guides;
  expect(guide !== undefined && plan.sprites[guide.label]).toMatchObject({ lines: ['Reference: moves'] });
  for (const seconds of [0, 4.9]) {
    const shown = frameAt(plan, seconds).operations.find((one) => one.op === 'video');
    if (shown?.op !== 'video') throw new Error('a guide is a video');
    expect(shown.width * shown.height).toBeLessThan(plan.width * plan.height * 0.08);
    expect(shown.x).toBeGreaterThan(0);
    expect(shown.x + shown.width).toBeLessThan(plan.width * 0.35);
    expect(shown.y + shown.height).toBeLessThan(plan.height * 0.5);
  }
});

test('a video that is edited is the scene, in every shot', () => {
  const { plan } = tell({
    references: [video('film', { use: 'edit', keepSound: true }), subject('dog')],
    prompt: [bind('Add @dog on the left.', { '@dog': 'dog' }), 'Make it night.'],
  });
  expect(plan.shots.map(({ scene }) => scene.kind)).toEqual(['clip', 'clip']);
  expect(plan.shots[0]!.figures.map(({ reference }) => reference)).toEqual(['dog']);
  expect(plan.shots[1]!.tint).toBeDefined();
  expect(plan.sound.clips).toEqual([{ media: 'film.mp4', start: 0, seconds: 4 }]);
});

test('a sound is kept only where it is asked for, and where there is one', () => {
  const sounds = (more: object, sound: boolean) =>
    tell({ references: [video('mei', more)], prompt: 'Sings.', media: { 'mei.mp4': footage(640, 360, 9, { sound }) } })
      .plan.sound.clips;
  expect(sounds({}, true)).toEqual([]);
  expect(sounds({ keepSound: true }, false)).toEqual([]);
  expect(sounds({ keepSound: true }, true)).toEqual([{ media: 'mei.mp4', start: 0, seconds: 5 }]);
});

test('a voice sample chooses the voice that comes nearest to it, before the sound of the clip', () => {
  const line = (more: object, media: object) =>
    tell({
      references: [video('mei', more)],
      prompt: bind('@mei says: "Good morning."', { '@mei': 'mei' }),
      media: media as never,
    }).plan.lines[0]!.voice;
  const clip = { 'mei.mp4': footage(640, 360, 4, { pitchHertz: 210 }) };
  expect(line({ voice: 'v.wav' }, { ...clip, 'v.wav': voice(95) })).toMatchObject(voiceFor(95, 'en'));
  expect(line({}, clip)).toMatchObject(voiceFor(210, 'en'));
});
