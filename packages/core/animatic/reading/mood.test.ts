import { describe, expect, test } from 'vitest';
import { subject, tell } from '../test-request.ts';
import { type Mood, readMood } from './mood.ts';

const read = (own: string, before?: Mood, excluded = '') => readMood({ own, all: own, before, excluded });

describe('the hour', () => {
  test.each([
    ['at night', 'night'],
    ['golden hour lighting', 'sunrise'],
    ['夕阳下的海边', 'sunrise'],
    ['阳光明媚的花园', 'day'],
    ['a bench', 'day'],
    ['金色的猫咪在阳光下', 'day'],
    ['金色的阳光', 'sunrise'],
  ])('%s', (words, hour) => {
    expect(read(words).hour).toBe(hour);
  });

  test('goes on in the same place until the words say another', () => {
    const night = read('a street at night');
    expect(read('she stops', night).hour).toBe('night');
    expect(read('the street on a sunny day', night).hour).toBe('day');
    expect(read('a kitchen', night).hour).toBe('day');
  });
});

test('weather that the negative prompt names is left out', () => {
  expect(read('heavy rain').weather).toBe('rain');
  expect(read('heavy rain', undefined, 'rain, blur').weather).toBeUndefined();
});

test.each([
  [[{ mention: 'mei' }, ' says: "I think it will rain tonight in the city!" Medium shot in a sunny park.']],
  [[{ mention: 'mei' }, '说：“今晚城里要下雨。”阳光下的公园。']],
])('what somebody says is neither weather nor hour nor place', (prompt) => {
  const { plan } = tell({ references: [subject('mei')], prompt });
  expect(plan.shots[0]!.weather).toBeUndefined();
  expect(plan.shots[0]!.scene.kind === 'backdrop' && plan.sprites[plan.shots[0]!.scene.sprite]).toMatchObject({
    disc: undefined,
  });
  expect(plan.sound.ambience).toBe('forest');
});

test.each(['a park in warm afternoon light', '阳光下的公园'])('a day in the sun is warm: %s', (words) => {
  const sky = (own: string) => {
    const { plan } = tell({ prompt: own });
    const { scene } = plan.shots[0]!;
    const sprite = scene.kind === 'backdrop' ? plan.sprites[scene.sprite] : undefined;
    if (sprite?.make !== 'backdrop') throw new Error('a shot without a picture has a backdrop');
    return sprite.skyLow[0] - sprite.skyLow[2];
  };
  expect(read(words).warm).toBe(true);
  expect(sky(words)).toBeGreaterThan(sky('a park') + 30);
});

test('a warm smile is no light', () => {
  expect(read('she has a warm smile').warm).toBe(false);
});
