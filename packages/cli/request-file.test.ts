import { Refusal } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import { parse } from './request-file.ts';

describe('text that may be a prompt', () => {
  test.each([
    'Close-up: mei smiles',
    'Shot 1 (5s): A dog runs.\nShot 2 (5s): It sleeps.',
    'Scene: a beach\nMood: calm',
    '镜头1：小猫奔跑',
    '特写: 小猫',
    '[Wide shot] A dog runs: fast',
    '@mei says: "Hello." She leaves.',
    'A dog: "wuff',
    '"Hello," says the dog: "I am here.',
  ])('%s', (text) => {
    expect(parse(text, '-', true)).toEqual({ prompt: text });
  });

  test.each([
    ['prompt: A dog runs', { prompt: 'A dog runs' }],
    ['# mine\nmodel: sora-2\nprompt: x', { model: 'sora-2', prompt: 'x' }],
    ['Scene: a\nprompt: x', { Scene: 'a', prompt: 'x' }],
    ['promt: A dog runs', { promt: 'A dog runs' }],
    ['duration: 5', { duration: 5 }],
    ['{"promt": "x"}', { promt: 'x' }],
    ['{}', {}],
  ])('is fields where one of ours is among them, or was meant: %s', (text, fields) => {
    expect(parse(text, '-', true)).toEqual(fields);
  });

  test('broken fields are told, and a file of fields is never a prompt', () => {
    expect(() => parse('prompt: "open\nsize: [1', '-', true)).toThrow(Refusal);
    expect(() => parse('{"prompt": ', '-', true)).toThrow(Refusal);
    expect(() => parse('Close-up: "mei', 'request.yaml', false)).toThrow(Refusal);
    expect(parse('Close-up: mei', 'request.yaml', false)).toEqual({ 'Close-up': 'mei' });
  });
});
