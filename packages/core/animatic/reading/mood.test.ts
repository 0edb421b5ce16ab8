import { describe, expect, test } from 'vitest';
import { type Mood, readMood } from './mood.ts';

const read = (own: string, before?: Mood, excluded = '') => readMood({ own, all: own, before, excluded });

describe('the hour', () => {
  test.each([
    ['at night', 'night'],
    ['golden hour lighting', 'sunrise'],
    ['夕阳下的海边', 'sunrise'],
    ['阳光明媚的花园', 'day'],
    ['a bench', 'day'],
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
