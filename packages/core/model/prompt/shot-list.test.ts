import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenPrompt, trimPrompt } from './flat.ts';
import { type Prompt, tidyPrompt } from './prompt.ts';
import { type ListedShot, readShotList, type ShotListForm, writeShotList } from './shot-list.ts';

const mei = { mention: 'a' };
const pier = { mention: 'b' };

describe('readShotList', () => {
  it("reads Kling O3's own example", () => {
    const list = readShotList([
      'Shot 1 (5s): ',
      mei,
      ' stands at the edge of ',
      pier,
      ', looking out at the horizon.\nSlow camera push forward.\nShot 2 (5s): Close-up of ',
      mei,
      "'s face as they turn toward the camera.\nSoft natural lighting, shallow depth of field.\nShot 3 (5s): ",
      mei,
      ' walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.',
    ]);
    expect(list).toEqual({
      preamble: [],
      shots: [
        {
          prompt: [mei, ' stands at the edge of ', pier, ', looking out at the horizon.\nSlow camera push forward.'],
          seconds: 5,
        },
        {
          prompt: [
            'Close-up of ',
            mei,
            "'s face as they turn toward the camera.\nSoft natural lighting, shallow depth of field.",
          ],
          seconds: 5,
        },
        {
          prompt: [mei, ' walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.'],
          seconds: 5,
        },
      ],
    });
  });

  it("reads Wan's own storyboard, up to the closing shot", () => {
    const list = readShotList([
      '参考图片，韩漫风格，夜晚灯光柔和。场景: 深夜便利店，暖白灯，玻璃门外有细雨和街灯。分镜脚本: 1. 全景：深夜便利店在雨夜街角亮着暖白色灯光。 2. 中景：女主推门走进店里，肩上还带着夜雨湿气。 3. 近景：店员朝她露出温和而克制的笑并说：”今天也辛苦啦。” 4. 收束镜头：她捧着热饮站在店门前。',
    ]);
    expect(list?.preamble).toEqual([
      '参考图片，韩漫风格，夜晚灯光柔和。场景: 深夜便利店，暖白灯，玻璃门外有细雨和街灯。',
    ]);
    expect(list?.shots).toEqual([
      { prompt: ['全景：深夜便利店在雨夜街角亮着暖白色灯光。'] },
      { prompt: ['中景：女主推门走进店里，肩上还带着夜雨湿气。'] },
      { prompt: ['近景：店员朝她露出温和而克制的笑并说：”今天也辛苦啦。”'] },
      { prompt: ['收束镜头：她捧着热饮站在店门前。'] },
    ]);
  });

  it.each([
    ['Shot 1 (5 s): One. Shot 2 (2.5 s): Two.', [5, 2.5]],
    ['  Shot 1: One.\n\n  Shot 2: Two.', [undefined, undefined]],
    ['Shot 1, 5s: One.\nShot 2, 3s: Two.', [5, 3]],
    ['SHOT 1 - 4 seconds: One.\nSHOT 2 - 4 sec: Two.', [4, 4]],
    ['Shot 1: One.\nShot 2: Two.', [undefined, undefined]],
    ['Shot 1 (5s) One.\nShot 2 (5s) Two.', [5, 5]],
    ['镜头1（5秒）：One.镜头2（3秒）：Two.', [5, 3]],
    ['第1镜：One. 第2镜：Two.', [undefined, undefined]],
    ['第一个镜头[0-3秒] One. 第二个镜头[3-5秒] Two.', [3, 2]],
    ['分镜1：One.\n分镜2：Two.', [undefined, undefined]],
    ['分镜脚本：1、One. 2、Two.', [undefined, undefined]],
    ['分镜脚本:1. （5秒）One.2. （3秒）Two.', [5, 3]],
  ])('reads %j', (text, seconds) => {
    const list = readShotList([text]);
    expect(list?.preamble).toEqual([]);
    expect(list?.shots.map((shot) => shot.prompt)).toEqual([['One.'], ['Two.']]);
    expect(list?.shots.map((shot) => shot.seconds)).toEqual(seconds);
  });

  it('keeps the preamble apart', () => {
    const list = readShotList(['Film noir. ', mei, ' wears red.\nShot 1 (3s): Rain.\nShot 2 (3s): Sun.']);
    expect(list?.preamble).toEqual(['Film noir. ', mei, ' wears red.']);
  });

  it('counts in Chinese past ten', () => {
    const names = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
    const list = readShotList([names.map((name) => `第${name}镜：雨。`).join('')]);
    expect(list?.shots).toHaveLength(12);
  });

  it.each([
    ['one shot is no list', 'Shot 1 (5s): Rain.'],
    ['numbers start at 1', 'Shot 2: Rain.\nShot 3: Sun.'],
    ['no number is missing', 'Shot 1: Rain.\nShot 3: Sun.\nShot 4: Fog.'],
    ['prose', 'It looks like shot 1 (the wide one) and shot 2 (the close one).'],
    ['numbers without a heading', 'Cook: 1. eggs 2. milk'],
    ['a storyboard of one', '分镜脚本: 1. 全景：雨。'],
    ['lenses', '中景镜头，2个镜头切换'],
  ])('%s', (_, text) => expect(readShotList([text])).toBeUndefined());
});

describe('writeShotList', () => {
  const shots: ListedShot[] = [{ prompt: [mei, ' runs.'], seconds: 5 }, { prompt: [' Rain. '] }];

  it('writes both documented forms', () => {
    expect(writeShotList(shots, 'shot-list')).toEqual(['Shot 1 (5s): ', mei, ' runs.\nShot 2: Rain.']);
    expect(
      writeShotList([{ prompt: ['全景：雨。'] }, { prompt: ['中景：', mei] }], 'storyboard', ['韩漫风格。']),
    ).toEqual(['韩漫风格。 分镜脚本: 1. 全景：雨。 2. 中景：', mei]);
  });

  const word = fc.oneof(
    fc.constantFrom('runs', 'rain.', '他说：“走吧', 'says "hi', '3s', '(5s)', 'shot', '1.5', '镜头', '。', '\n', ' '),
    fc.string({ maxLength: 6 }),
  );
  const prompt: fc.Arbitrary<Prompt> = fc
    .array(fc.oneof(word, fc.constantFrom(mei, pier)), { maxLength: 6 })
    .map((parts) => trimPrompt(tidyPrompt(parts.map((part) => (typeof part === 'string' ? `${part} ` : part)))));
  const listLike =
    /(?:shot|镜头?|分镜)\s*[\d一二三四五六七八九十]|分镜头?脚本|storyboard|(?<!\d)\d{1,2}\s*[.．、)）](?!\d)/iu;
  const listed = prompt.filter((one) => {
    const { text } = flattenPrompt(one);
    // Words at the start of a shot that look like its seconds are taken as such.
    return !listLike.test(text) && !/^[([（［【,，\-–—:：]/u.test(text);
  });
  const shot = fc.oneof(
    fc.record({ prompt: listed }),
    fc.record({ prompt: listed, seconds: fc.double({ min: 0.001, max: 3600, noNaN: true }) }),
  );

  it.each<ShotListForm>(['shot-list', 'storyboard'])('%s: what is written is read back', (form) => {
    fc.assert(
      fc.property(fc.array(shot, { minLength: 2, maxLength: 12 }), listed, (written, preamble) => {
        expect(readShotList(writeShotList(written, form, preamble))).toEqual({ preamble, shots: written });
      }),
      { numRuns: 400 },
    );
  });
});
