import { describe, expect, test } from 'vitest';
import { explainProblem } from '../model/index.ts';
import { readRequest } from './read-request.ts';

const prompt = 'A dog runs.';
const messages = (written: unknown, language: 'en' | 'zh') =>
  readRequest(written).problems.map((one) => explainProblem(one, language).message);

describe('what was written in a wrong shape', () => {
  test.for([
    [{ prompt, size: 'large' }, 'size', '1280x720', '例如“1280x720”'],
    [{ prompt, ratio: 'wide' }, 'ratio', '"16:9"', '例如“16:9”'],
    [{ prompt, tier: 720 }, 'tier', 'expected string', '期望 string'],
    [{ prompt, tier: '720' }, 'tier', '"720p"', '例如“720p”'],
    [
      { prompt, references: [{ name: 'a b', image: 'a.png' }] },
      'references[0].name',
      '1 to 40 letters',
      '1 到 40 个文字',
    ],
    [{ prompt: 7 }, 'prompt', 'expected string', '期望'],
    [{ prompt, seconds: '5' }, 'seconds', 'expected number', '期望'],
    [{ prompt, references: [{ kind: 'scene', name: 'a' }] }, 'references[0].image', 'needs a picture', '需要一张图像'],
    [{ prompt, references: [{ kind: 'video', name: 'a' }] }, 'references[0].video', 'needs a video', '需要一段视频'],
    ['a prompt', 'request', 'expected object', '期望'],
  ])('%j', ([written, path, en, zh]) => {
    const { request, problems } = readRequest(written);
    expect(request).toBeUndefined();
    expect(problems.map((one) => one.path)).toEqual([path]);
    expect(messages(written, 'en')[0]).toContain(en);
    expect(messages(written, 'zh')[0]).toContain(zh);
  });

  test('in Chinese has no English sentence', () => {
    for (const field of ['size', 'ratio', 'tier'])
      expect(messages({ prompt, [field]: 'x' }, 'zh')[0]).not.toMatch(/\b(?:is|are|such|must)\b/);
  });
});

test('several mistakes are told together, each with its place and its known fields', () => {
  const { problems } = readRequest({ promt: prompt, fps: -1, references: [{ name: 'mei', imgae: 'a.png' }] });
  expect(problems.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
    'invalid_request fps',
    'unknown_field promt',
    'unknown_field references[0].imgae',
  ]);
  const remedies = problems.map((one) => explainProblem(one, 'en').remedy).join('\n');
  expect(remedies).toContain('prompt, seconds, shots');
  expect(remedies).toContain('image, angles');
});

test('a size may be written with any of the usual signs', () => {
  for (const size of ['1280x720', '1280X720', '1280×720', '1280*720'])
    expect(readRequest({ prompt, size }).request?.size).toEqual({ width: 1280, height: 720 });
});
