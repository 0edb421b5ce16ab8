import { describe, expect, test } from 'vitest';
import { findCard } from '../catalog/index.ts';
import { check, explainProblem, noFacts } from '../model/index.ts';
import { readRequest } from './read-request.ts';

const prompt = 'A dog runs.';
const messages = (written: unknown, language: 'en' | 'zh') =>
  readRequest(written).problems.map((one) => explainProblem(one, language).message);

describe('what was written in a wrong shape', () => {
  test.for([
    [{ prompt, size: 'large' }, 'size', '1280x720', '例如“1280x720”'],
    [{ prompt, ratio: 'wide' }, 'ratio', '"16:9"', '例如“16:9”'],
    [{ prompt, tier: 720 }, 'tier', 'it is 720, and must be text', '现为 720，应为文字'],
    [{ prompt, tier: '720' }, 'tier', '"720p"', '例如“720p”'],
    [
      { prompt, references: [{ name: 'a b', image: 'a.png' }] },
      'references[0].name',
      '1 to 40 letters',
      '1 到 40 个文字',
    ],
    [{ prompt: 7 }, 'prompt', 'it is 7, and must be text or a list', '现为 7，应为文字或列表'],
    [{ prompt, seconds: -3 }, 'seconds', 'it is -3, and must be more than 0', '现为 -3，应为大于 0'],
    [{ prompt, count: 1.5 }, 'count', 'a whole number', '整数'],
    [{ shots: [] }, 'shots', 'it is an empty list, and must be at least 1 long', '现为 空列表，应为至少 1 项'],
    [
      { prompt, references: [{ kind: 'person' }] },
      'references[0].kind',
      'one of subject, scene',
      '其中之一：subject、scene',
    ],
    [{ shots: [{ seconds: 1 }] }, 'shots[0].prompt', 'it is missing', '缺失，应为'],
    [{ prompt, seconds: '5' }, 'seconds', 'it is "5", and must be a number', '应为数字'],
    [{ prompt, references: [{ kind: 'scene', name: 'a' }] }, 'references[0].image', 'needs a picture', '需要一张图像'],
    [{ prompt, references: [{ kind: 'video', name: 'a' }] }, 'references[0].video', 'needs a video', '需要一段视频'],
    ['a prompt', 'request', 'a group of fields', '一组字段'],
  ])('%j', ([written, path, en, zh]) => {
    const { request, problems } = readRequest(written);
    expect(request).toBeUndefined();
    expect(problems.map((one) => one.path)).toEqual([path]);
    expect(messages(written, 'en')[0]).toContain(en);
    expect(messages(written, 'zh')[0]).toContain(zh);
  });

  test('in Chinese has no English sentence', () => {
    for (const field of ['size', 'ratio', 'tier', 'seconds', 'references', 'shots', 'audio'])
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

test('a word of a vendor is told our name for it, and the fields of a place are listed once', () => {
  const remedies = (written: object, language: 'en' | 'zh' = 'en') =>
    readRequest(written).problems.map((one) => `${one.path}: ${explainProblem(one, language).remedy}`);
  const vendor = { resolution: '720p', duration: 5, aspect_ratio: '16:9', elements: [], generate_audio: true };
  const told = ['tier', 'seconds', 'ratio', 'references', 'audio'].map((name) => `Here it is called ${name}.`);
  expect(remedies({ prompt, ...vendor })).toEqual(Object.keys(vendor).map((key, index) => `${key}: ${told[index]}`));
  expect(remedies({ prompt, resolution: '720p' }, 'zh')).toEqual(['resolution: 此处写作 tier。']);
  const inside = { prompt, references: [{ kind: 'subject', name: 'mei', video: 'a.mp4' }] };
  expect(remedies(inside)).toEqual(['references[0].video: Here it is called clip.']);
  expect(remedies({ prompt, references: [{ name: 'mei', image_url: 'a' }] })).toEqual([
    'references[0].image_url: Here it is called image.',
  ]);
  const three = remedies({ prompt, one: 1, two: 2, three: 3 });
  expect(three.filter((one) => one.includes('Known fields here'))).toHaveLength(1);
});

test('a size may be written with any of the usual signs', () => {
  for (const size of ['1280x720', '1280X720', '1280×720', '1280*720'])
    expect(readRequest({ prompt, size }).request?.size).toEqual({ width: 1280, height: 720 });
});

test('a name that comes twice is told once, not again as an id that nobody wrote', () => {
  const { request } = readRequest({ prompt, references: ['a', 'b'].map((file) => ({ name: 'mei', image: file })) });
  expect(check(request!, findCard('animatic')!, noFacts).problems.map(({ code }) => code)).toEqual(['duplicate_name']);
});
