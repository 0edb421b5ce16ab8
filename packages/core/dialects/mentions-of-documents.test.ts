import { describe, expect, it } from 'vitest';
import { mentionsOf, type Reference } from '../model/index.ts';
import { readPrompt, writePromptFor } from './index.ts';

/** "subject girl", "clip boy" (a subject that moves), "scene park", "image photo", "video dance"; the last word is id and name. */
function references(list: string): Reference[] {
  return list.split(', ').map((one): Reference => {
    const [kind, name = ''] = one.split(' ');
    const known = { id: name, name };
    if (kind === 'clip') return { kind: 'subject', ...known, clip: `${name}.mp4` };
    if (kind === 'video') return { kind, ...known, video: `${name}.mp4`, use: 'subject' };
    if (kind === 'subject' || kind === 'scene' || kind === 'image') return { kind, ...known, image: `${name}.png` };
    throw new Error(`no kind of reference: ${one}`);
  });
}

const guitar = (carried: string, held: string, chair: string) =>
  `视频1抱着${carried},在${chair}的椅子上弹奏一支舒缓的乡村民谣,并说道:“今天的阳光真好。”图1手中拿着${held},路过视频1,把手中的${held}放到视频1旁边的桌子上,并说道:“真好听,能不能再唱一遍”。`;

const storyboard = (start: string) =>
  `${start},3D卡通冒险电影风,角色Q版但材质细腻,动作流畅,色彩鲜明,保持角色与森林场景一致,不要加入文字。氛围: 冒险、轻快、神秘、童趣。角色: 小男孩探险家:圆帽、背包、短斗篷。场景: 奇幻森林,巨大树根、蘑菇、藤蔓、藏宝洞口、阳光光束。分镜脚本: 1. 全景:奇幻森林里高大树木与光束交错,环境神秘明亮。 2. 中景:小男孩拨开藤蔓向前探路。 9. 收束镜头:男孩和小机器人站在宝箱前惊喜对望,冒险感拉满。`;

interface Documented {
  readonly prompt: string;
  readonly references: string;
  /** Whom the prompt points at, in its order. */
  readonly binds: string;
  /** What is written again, where the document has a second way to write the same. */
  readonly again?: string;
}

const kling = 'subject rabbit, subject bear, scene candyland';

/** Every prompt with tags of the vendors' documents, by the syntax that the document describes. Read 2026-11-20. */
const documents: Record<string, readonly Documented[]> = {
  'venice-elements': [
    {
      prompt:
        '@Element1 walks through the streets of @Image1, looking up at the buildings.\nThe camera slowly tracks from behind, revealing the city skyline.',
      references: kling,
      binds: 'rabbit candyland',
    },
    {
      prompt:
        '@Element1 and @Element2 enter the cafe in @Image1 from opposite sides.\n@Element1 waves and walks toward @Element2, who is sitting at a corner table.',
      references: kling,
      binds: 'rabbit bear candyland rabbit bear',
    },
    {
      prompt:
        "Shot 1 (5s): @Element1 stands at the edge of @Image1, looking out at the horizon.\nSlow camera push forward.\nShot 2 (5s): Close-up of @Element1's face as they turn toward the camera.\nSoft natural lighting, shallow depth of field.\nShot 3 (5s): @Element1 walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.",
      references: kling,
      binds: 'rabbit candyland rabbit rabbit',
    },
    {
      prompt:
        '@Element1 hops happily across the candy ground of @Image1, stops to look at a\ngiant lollipop, tilts its head curiously. Cinematic tracking shot, soft warm lighting.',
      references: kling,
      binds: 'rabbit candyland',
    },
    {
      prompt:
        'Cinematic tracking shot of @Element1 walking through @Image1, leaves\nblowing in the wind, golden afternoon light.',
      references: 'scene candyland, subject rabbit',
      binds: 'rabbit candyland',
    },
    {
      prompt: '@Element1 walks through @Image1, camera tracking from behind',
      references: 'subject rabbit, scene candyland',
      binds: 'rabbit candyland',
    },
  ],
  'venice-images': [
    {
      prompt:
        '@Image1 and @Image2 walking together through a sunlit park,\ncamera slowly tracking alongside them, warm afternoon light.',
      references: 'image ann, image ben, image cat',
      binds: 'ann ben',
    },
    {
      prompt: '@Image1 and @Image2 walking through a park, cinematic tracking shot',
      references: 'subject ann, subject ben',
      binds: 'ann ben',
    },
  ],
  'wan-2.7': [
    // The caption has the girl hold a bunch of flowers and numbers guitar 图2 and chair 图3; the code numbers them 图3 and 图4.
    {
      prompt:
        '视频1抱着图2,在图3的椅子上弹奏一支舒缓的乡村民谣,并说道:"今天的阳光真好。"图1手中拿着一束向日葵,路过视频1,把手中的花放到视频1旁边的桌子上,并说道:"真好听,能不能再唱一遍"。',
      references: 'subject girl, video boy, image guitar, image chair, scene room',
      binds: 'boy guitar chair girl boy boy',
    },
    {
      prompt: guitar('图3', '图2', '图4'),
      references: 'subject girl, clip boy, image flowers, image guitar, scene room',
      binds: 'boy guitar room girl flowers boy flowers boy',
    },
    {
      prompt: storyboard('参考图片'),
      references: 'image board',
      binds: 'board',
      again: storyboard('图1'),
    },
    {
      prompt: storyboard('参考图片 '),
      references: 'image board',
      binds: 'board',
      again: storyboard('图1 '),
    },
    {
      prompt:
        '参考图片,韩漫风格,夜晚灯光柔和,人物表情细腻,场景统一,图中不要出现文字。8. 中景:女主回以浅浅笑意,疲惫感被冲淡。',
      references: 'image board',
      binds: 'board',
      again:
        '图1,韩漫风格,夜晚灯光柔和,人物表情细腻,场景统一,图中不要出现文字。8. 中景:女主回以浅浅笑意,疲惫感被冲淡。',
    },
    {
      prompt:
        '图2从画面左侧深处走来,随后切换到图2的特写,图1正靠在右侧图片3充满锈迹的墙壁上发呆。她注意到了脚步声,缓缓转头。 图1看到图2后,图1说:“你怎么还是来了?”图2回答:“我们谈谈吧。”',
      references: 'subject woman, subject man, image wall',
      binds: 'man man woman wall woman man woman man',
      again:
        '图2从画面左侧深处走来,随后切换到图2的特写,图1正靠在右侧图3充满锈迹的墙壁上发呆。她注意到了脚步声,缓缓转头。 图1看到图2后,图1说:“你怎么还是来了?”图2回答:“我们谈谈吧。”',
    },
    {
      prompt:
        '俯拍在一个蓝色的星球上,镜头逐渐推进到星球上面给到图1特写,他拿着图2,一边吃着图2,一边说:“怎么没人找我来玩呀?”',
      references: 'subject penguin, image icecream',
      binds: 'penguin icecream icecream',
    },
    {
      prompt: '视频1在弹吉他,图1手中拿着一束花,路过视频1',
      references: 'video girl, subject boy',
      binds: 'girl boy girl',
    },
    // English is described, not shown: “Image 1”, "Video 1".
    {
      prompt: 'Video 1 plays the guitar; Image 1 holds flowers and passes Video 1.',
      references: 'video girl, subject boy',
      binds: 'girl boy girl',
    },
  ],
  'wan-2.6': [
    {
      prompt: "character2 坐在椅子上弹吉他,character1 走过来说:'听起来不错'",
      references: 'video girl, image boy',
      binds: 'boy girl',
    },
  ],
  names: [
    {
      prompt: '@human and @dog paly on the @grass',
      references: 'subject human, subject dog, scene grass',
      binds: 'human dog grass',
    },
  ],
};

describe.each(Object.entries(documents))('the prompts of the document that describes %s', (key, rows) => {
  it.each(rows)('$prompt', ({ prompt: text, references: list, binds, again }) => {
    const known = references(list);
    for (const reader of [key, 'any']) {
      for (const names of [true, false]) {
        const { prompt, problems } = readPrompt(text, known, reader, { names });
        expect(
          mentionsOf(prompt)
            .map((one) => one.mention)
            .join(' '),
        ).toBe(binds);
        expect(problems).toEqual([]);
      }
    }
    const { prompt } = readPrompt(text, known, key);
    expect(writePromptFor(prompt, known, key)).toEqual({ text: again ?? text, problems: [], notes: [] });
  });
});

describe('the prompts of the documents that describe no tags', () => {
  it.each([
    '一只可爱的橘猫在阳光明媚的花园里追逐蝴蝶,照片风格,高清画质',
    '镜头缓慢推进,画面中的场景逐渐生动起来,光影流动,充满动感',
    '这个人在跑马拉松',
    '画面中增加一个小狗',
    '视频连贯在一起',
    '将场景改为夜晚,增加霓虹灯效果,赛博朋克风格',
    '参考人物形象,让角色轻轻微笑',
    '保持角色一致性,同时完成场景过渡',
    '舞台上的歌手正在演唱,观众欢呼,灯光闪烁',
  ])('%s', (text) => {
    for (const key of ['any', 'wan-2.7', 'wan-2.6', 'names', 'venice-elements', 'venice-images', null]) {
      const known = references('image photo, video dance');
      expect(readPrompt(text, known, key)).toEqual({ prompt: [text], problems: [], notes: [] });
    }
  });
});
