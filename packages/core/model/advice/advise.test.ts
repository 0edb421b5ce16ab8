import { describe, expect, it } from 'vitest';
import { findCard } from '../../catalog/index.ts';
import { type Facts, type ImageFacts, noFacts } from '../facts.ts';
import { languages } from '../language.ts';
import { type Prompt, showPrompt } from '../prompt/prompt.ts';
import type { Reference } from '../reference.ts';
import type { Request } from '../request.ts';
import { adviceTable } from './advice-table.ts';
import { type Advice, type AdviceCode, advise, applyAdvice, explainAdvice } from './index.ts';

const mei: Reference = { kind: 'subject', id: 'M', name: 'mei', image: 'mei.png' };
const bob: Reference = { kind: 'subject', id: 'B', name: 'bob', image: 'bob.png' };
const cat: Reference = { kind: 'subject', id: 'C', name: 'cat', image: 'cat.png' };
const pier: Reference = { kind: 'scene', id: 'P', name: 'pier', image: 'pier.png' };

/** "{M}" is a mention of that reference. */
const prompt = (text: string): Prompt =>
  text
    .split(/(\{\w\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{\w\}$/.test(part) ? { mention: part[1]! } : part));

function request(shots: string | readonly string[], more: Partial<Request> = {}): Request {
  const list = typeof shots === 'string' ? [shots] : shots;
  return {
    model: 'kling-o3-pro-reference-to-video',
    references: [mei, bob, pier],
    shots: list.map((text) => ({ prompt: prompt(text) })),
    ...more,
  };
}

function adviceOn(one: Request, facts: Facts = noFacts): Advice[] {
  const card = findCard(one.model);
  expect(card).toBeDefined();
  return advise(one, card, facts);
}

const find = (all: readonly Advice[], code: AdviceCode) => all.filter((one) => one.code === code);

/** The one advice of this kind, and the request's first prompt with its fix applied. */
function only(one: Request, code: AdviceCode, facts: Facts = noFacts) {
  const [advice, ...others] = find(adviceOn(one, facts), code);
  expect(advice, code).toBeDefined();
  expect(others).toEqual([]);
  const fixed = applyAdvice(one, advice!);
  return { advice: advice!, fixed, shown: fixed.shots.map((shot) => showPrompt(shot.prompt, one.references)) };
}

const silent = (one: Request, code: AdviceCode, facts: Facts = noFacts) =>
  expect(find(adviceOn(one, facts), code)).toEqual([]);

describe('Venice guide, Kling O3 troubleshooting', () => {
  it('the face changes: a missing frontal image', () => {
    const clip: Reference = { kind: 'subject', id: 'M', name: 'mei', clip: 'mei.mp4' };
    expect(only(request('{M} runs', { references: [bob, clip] }), 'subject_without_frontal').advice.path).toBe(
      'references[1]',
    );
    silent(request('{M} runs'), 'subject_without_frontal');
  });

  it('the face changes: different pictures of one subject', () => {
    const many = request(['', '']);
    const angled = {
      ...many,
      shots: [{ prompt: prompt('{M} waves') }, { prompt: [{ mention: 'M', media: { angle: 0 } }, ' runs'] }],
    };
    const { advice, shown } = only(angled, 'subject_view_varies');
    expect(advice.path).toBe('shots[1].prompt');
    expect(shown).toEqual(['@mei waves', '@mei runs']);
    silent(request(['{M} waves', '{M} runs']), 'subject_view_varies');
  });

  it('the camera moves at random: several instructions', () => {
    const { advice } = only(
      request('The camera pushes in on {M}, then pans left and zooms out.'),
      'several_camera_moves',
    );
    expect(advice.values.count).toBe(3);
    only(request('镜头推进{M}，然后镜头左移，跟拍{B}'), 'several_camera_moves');
    only(request('Close-up of {M}. Wide shot of {P}.'), 'several_camera_moves');
    silent(request('Wide cinematic shot of {M}, slow camera push forward.'), 'several_camera_moves');
    silent(request('俯拍{P}，镜头逐渐推进到{M}特写，然后切换到{B}的近景'), 'several_camera_moves');
    silent(request(['Slow push in.', 'Pan left.']), 'several_camera_moves');
    silent(request('韩漫风格。分镜脚本: 1. 全景：{P}。 2. 中景：{M}走来。 3. 特写：{M}的手。'), 'several_camera_moves');
    only(request('Shot 1 (5s): {M} runs.\nShot 2 (5s): Pan left, zoom in.'), 'several_camera_moves');
  });

  it('the camera is spoken of late: a clause', () => {
    const late = request('{M} walks through {P} while leaves are blowing in the wind, camera tracking from behind.');
    expect(only(late, 'camera_late').shown).toEqual([
      'Camera tracking from behind. @mei walks through @pier while leaves are blowing in the wind.',
    ]);
    silent(only(late, 'camera_late').fixed, 'camera_late');
  });

  it('the camera is spoken of late: a sentence, with its mentions', () => {
    const late = request(
      '{M} walks through the streets of {P}, looking up at the buildings.\nThe camera slowly tracks {M} from behind, revealing the city skyline.',
    );
    expect(only(late, 'camera_late').shown).toEqual([
      'The camera slowly tracks @mei from behind, revealing the city skyline. @mei walks through the streets of @pier, looking up at the buildings.',
    ]);
  });

  it('the camera is spoken of late: Chinese, and dialogue stays whole', () => {
    const late = request('{M}在海边慢慢走着，说：“特写，真好。”海风吹起她的长发，阳光洒在沙滩上，镜头缓慢推进。');
    expect(only(late, 'camera_late').shown).toEqual([
      '镜头缓慢推进。@mei在海边慢慢走着，说：“特写，真好。”海风吹起她的长发，阳光洒在沙滩上。',
    ]);
    silent(
      request('Cinematic tracking shot of {M} walking through {P}, leaves blowing in the wind, golden light.'),
      'camera_late',
    );
  });

  it('the style changes: mixed words of style', () => {
    only(request(['Anime style, {M} runs', 'Photorealistic, {M} sits']), 'style_words_vary');
    only(request('{M}，写实风格，水彩质感'), 'style_words_vary');
    silent(request(['Anime style, {M} runs', 'anime, {M} sits']), 'style_words_vary');
  });

  it('elements blend: subjects without positions', () => {
    const two = request('{M} and {B} dance.');
    expect(only(two, 'subjects_without_positions').shown).toEqual([
      '@mei and @bob dance. @mei is in the foreground left, @bob is entering from right.',
    ]);
    silent(only(two, 'subjects_without_positions').fixed, 'subjects_without_positions');
    expect(only(request('{M}和{B}跳舞'), 'subjects_without_positions').shown).toEqual([
      '@mei和@bob跳舞。@mei在前景左侧，@bob从右侧进入。',
    ]);
    silent(request('{M} and {B} enter {P} from opposite sides.'), 'subjects_without_positions');
    silent(request('{M}从画面左侧走来，{B}靠在墙上'), 'subjects_without_positions');
    silent(request('{M}拿着{B}，一边吃着{B}'), 'subjects_without_positions');
    silent(request('{M} dances on {P}.'), 'subjects_without_positions');
    only(request('{M} and {B} dance, pan left.'), 'subjects_without_positions');
  });

  it('the background looks distorted: a small picture of the scene', () => {
    const picture: ImageFacts = {
      kind: 'image',
      mediaType: 'image/png',
      bytes: 1,
      sha256: '',
      width: 640,
      height: 480,
      alpha: false,
      animated: false,
      mean: [0, 0, 0],
      meanTop: [0, 0, 0],
      meanBottom: [0, 0, 0],
    };
    const facts = (width: number, height: number): Facts => ({
      media: { 'pier.png': { ...picture, width, height } },
      lines: {},
    });
    expect(only(request('{M} on {P}'), 'scene_image_small', facts(640, 480)).advice.values.found).toBe('640x480');
    silent(request('{M} on {P}'), 'scene_image_small', facts(3840, 2160));
    silent(request('{M} on {P}'), 'scene_image_small');
  });

  it('movement looks unnatural: several actions in a shot', () => {
    expect(only(request('{M} runs, jumps, dances and sings.'), 'several_actions').advice.values.count).toBe(4);
    only(request('{M} walks to the door, then opens it.'), 'several_actions');
    only(request('{M}跑步，然后打开门'), 'several_actions');
    silent(
      request(
        '{M} hops happily across the candy ground of {P}, stops to look at a giant lollipop, tilts its head curiously.',
      ),
      'several_actions',
    );
    silent(request(['{M} runs.', '{M} jumps.', '{M} dances.', '{M} sings.']), 'several_actions');
    silent(request('{M} walks and says "Then run, jump, dance and fly!"'), 'several_actions');
  });

  it('tests with 3 to 5 s come before long films', () => {
    const long = request('{M} runs');
    const { advice, fixed } = only(
      { ...long, shots: [{ prompt: long.shots[0]!.prompt, seconds: 15 }] },
      'try_short_first',
    );
    expect(fixed.shots[0]!.seconds).toBe(5);
    expect(explainAdvice(advice, 'en').remedy).toMatch(/^Try it with 5 s first/);
    expect(explainAdvice(advice, 'zh').remedy).toMatch(/^请先用 5 秒的片段测试/);
    silent(long, 'try_short_first');
    silent({ ...long, model: 'animatic', shots: [{ prompt: prompt('{M} runs'), seconds: 15 }] }, 'try_short_first');
  });
});

describe('Venice guide, Grok Imagine troubleshooting', () => {
  const grok = (text: string, more: Partial<Request> = {}) =>
    request(text, { model: 'grok-imagine-reference-to-video', ...more });

  it('the subject does not appear: references without tags', () => {
    const { advice, shown } = only(grok('{M} walks'), 'references_untagged');
    expect(advice.values.found).toEqual(['bob', 'pier']);
    expect(shown).toEqual(['@mei walks. With @bob and @pier.']);
    expect(only(grok('{M}走路', { references: [mei, bob, cat, pier] }), 'references_untagged').shown).toEqual([
      '@mei走路。画面中有@bob、@cat和@pier。',
    ]);
    silent(grok('{M} and {B} on {P}'), 'references_untagged');
    silent(grok('{M} meets bob'), 'references_untagged');
    silent(request('a film', { model: 'kling-v3' }), 'references_untagged');
  });

  it('no tags: all pictures are used', () => {
    expect(only(grok('a walk in the park'), 'untagged_all_used').advice.values.count).toBe(3);
    silent(grok('{M} walks'), 'untagged_all_used');
    silent(request('a walk in the park'), 'untagged_all_used');
  });

  it('low quality: 480p', () => {
    const { advice, fixed } = only(grok('{M} walks'), 'low_tier');
    expect(advice.values).toEqual({ found: '480p', use: '720p' });
    silent(fixed, 'low_tier');
  });

  it('too short: the default of 8 s', () => {
    const { advice, fixed } = only(grok('{M} walks'), 'short_by_default');
    expect(advice.values).toEqual({ found: 8, use: 10 });
    expect(fixed.shots[0]!.seconds).toBe(10);
    silent(fixed, 'short_by_default');
    silent(request('{M} walks'), 'short_by_default');
    silent(request('a cat', { model: 'sora-2', references: [] }), 'short_by_default');
  });
});

describe('Venice guide, prompt tips', () => {
  it.each([
    ['dolly zoom with rack focus transition', 'slow camera push forward'],
    ['complex handheld parallax movement', 'tracking shot from behind'],
    ['extreme macro with tilt-shift bokeh', 'close-up'],
    ['anamorphic ultra-wide establishing crane shot', 'wide cinematic shot'],
  ])('avoid "%s", use "%s"', (avoid, use) => {
    const { advice, shown } = only(request(`{M} walks on {P}, ${avoid}, at dusk.`), 'avoid_phrase');
    expect(advice.values).toEqual({ found: avoid, use });
    expect(shown).toEqual([`@mei walks on @pier, ${use}, at dusk.`]);
    const capital = avoid[0]!.toUpperCase() + avoid.slice(1);
    expect(only(request(`${capital} of {M}.`), 'avoid_phrase').shown).toEqual([
      `${use[0]!.toUpperCase()}${use.slice(1)} of @mei.`,
    ]);
    silent(request(`${use} of {M}`), 'avoid_phrase');
    silent(request(`{M} says "${avoid}"`), 'avoid_phrase');
  });

  it('the same in Chinese', () => {
    expect(only(request('希区柯克变焦，{M}回头'), 'avoid_phrase').shown).toEqual(['镜头缓慢推进，@mei回头']);
  });

  it('one advice a phrase, and one fix for all of a shot', () => {
    const both = request('Dolly zoom of {M}, extreme macro of {B}');
    const found = find(adviceOn(both), 'avoid_phrase');
    expect(found).toHaveLength(2);
    const shown = found.map((one) => showPrompt(applyAdvice(both, one).shots[0]!.prompt, both.references));
    expect(new Set(shown)).toEqual(new Set(['Slow camera push forward of @mei, close-up of @bob']));
  });

  it('50 to 150 words', () => {
    const words = (count: number) => `{M} ${'runs '.repeat(count - 1)}`;
    expect(only(request(words(49)), 'prompt_short').advice.values.count).toBe(49);
    silent(request(words(50)), 'prompt_short');
    const short = only(request('runs'), 'prompt_short').advice;
    expect(explainAdvice(short, 'en').message).toBe('The prompt has 1 word; 50 to 150 work best.');
    expect(explainAdvice(short, 'zh').message).toContain('有 1 个词；');
    expect(explainAdvice(only(request('奔跑'), 'prompt_short').advice, 'zh').message).toContain('有 2 字；');
    silent(request(words(150)), 'prompt_long');
    expect(only(request(words(151)), 'prompt_long').advice.values.count).toBe(151);
    expect(only(request(`{M}${'走'.repeat(150)}`), 'prompt_long').advice.values.count).toBe(151);
    silent(request(['走'.repeat(30), '走'.repeat(30)]), 'prompt_short');
  });

  it('the same words for the same thing', () => {
    const changing = request(['{M} wears a red jacket on {P}.', 'Close-up. {M} in her crimson coat, smiling at {P}.']);
    silent(changing, 'wording_changes');
    const alone = request([
      '{M} wears a red jacket.',
      'Close-up. {M} zips up a crimson coat, smiling.',
      '{M} in an orange parka',
    ]);
    const found = find(adviceOn(alone), 'wording_changes');
    expect(found.map(({ values }) => values)).toEqual([
      { found: 'crimson coat', use: 'red jacket' },
      { found: 'orange parka', use: 'red jacket' },
    ]);
    const fixed = found.reduce(applyAdvice, alone);
    expect(fixed.shots.map((shot) => showPrompt(shot.prompt, [mei]))).toEqual([
      '@mei wears a red jacket.',
      'Close-up. @mei zips up a red jacket, smiling.',
      '@mei in a red jacket',
    ]);
    silent(fixed, 'wording_changes');
  });

  it('the same words in Chinese, and no guesses', () => {
    const { shown } = only(request(['{M}穿着红色夹克。', '{M}的深红色外套被风吹起。']), 'wording_changes');
    expect(shown[1]).toBe('@mei的红色夹克被风吹起。');
    silent(request(['{M} in a red jacket', '{B} in a blue jacket']), 'wording_changes');
    silent(request(['{M} in a red jacket', '{M} in a jacket']), 'wording_changes');
    silent(request(['{M} in a red jacket', '{M} in a black hat']), 'wording_changes');
    silent(request(['{M} in a red jacket', '{M} in the red  jacket']), 'wording_changes');
  });

  it('more views of a subject', () => {
    const { advice } = only(request('{M} runs', { references: [mei] }), 'few_angles');
    expect(advice.path).toBe('references[0]');
    expect(explainAdvice(advice, 'en').message).toBe('references[0] ("mei") is shown from one side only.');
    expect(explainAdvice(advice, 'zh').message).toBe('references[0]（“mei”）只有一个角度。');
    const twins = request('{M} runs', { references: [mei, { ...mei, id: 'two', name: 'two' } as Reference] });
    const together = only(twins, 'few_angles').advice;
    expect(together.path).toBe('references');
    expect(explainAdvice(together, 'en').message).toBe('mei, two are shown from one side only.');
    expect(explainAdvice(together, 'zh').message).toBe('mei、two都只有一个角度。');
    silent(request('{M} runs', { references: [{ ...mei, angles: ['side.png'] } as Reference] }), 'few_angles');
    silent(request('{M} runs', { references: [mei], model: 'grok-imagine-reference-to-video' }), 'few_angles');
  });
});

describe('Qiniu FAQ and notes', () => {
  const sora = (text: string, more: Partial<Request> = {}) =>
    request(text, { model: 'sora-2', references: [], ...more });

  it('place, action, light and atmosphere are said', () => {
    const { advice, shown } = only(sora('一只猫'), 'prompt_lacks');
    expect(explainAdvice(advice, 'zh').message).toContain('动作、场景、镜头、光线、氛围');
    expect(explainAdvice(advice, 'en').message).toContain('action, place, camera, light, atmosphere');
    expect(shown[0]).toBe(
      '镜头缓慢推进。一只猫。画面自然地动起来。环境干净，与主体相称。柔和的自然光。电影质感，高清画质。',
    );
    silent(sora('特写，一只橘猫在花园里奔跑，阳光温暖，气氛欢快'), 'prompt_lacks');
    silent(sora('改为夜晚', { from: 'qvideo-1' }), 'prompt_lacks');
  });

  it('a concrete style is named', () => {
    expect(only(sora('一只猫在奔跑'), 'style_not_named').shown).toEqual(['一只猫在奔跑。电影风格，高清画质。']);
    expect(only(sora('A cat runs.'), 'style_not_named').shown).toEqual([
      'A cat runs. Cinematic style, high definition.',
    ]);
    silent(sora('未来科技城市的天际线，赛博朋克风格，夜景'), 'style_not_named');
  });

  it('a picture is not described but set in motion', () => {
    only(sora('一个红色的苹果，木桌，白色背景', { startFrame: 'apple.png' }), 'nothing_moves');
    silent(sora('人在奔跑', { startFrame: 'apple.png' }), 'nothing_moves');
    silent(
      sora('镜头缓慢推进，画面中的场景逐渐生动起来，光影流动，充满动感', { startFrame: 'a.png' }),
      'nothing_moves',
    );
    silent(sora('一个红色的苹果'), 'nothing_moves');
  });

  it('words that moderation may block', () => {
    expect(only(sora('血腥的场面'), 'may_be_blocked').advice.values.found).toEqual(['血腥']);
    silent(sora('一只猫在奔跑'), 'may_be_blocked');
  });
});

describe('Wan page', () => {
  const wan = (shots: string | readonly string[], more: Partial<Request> = {}) =>
    request(shots, { model: 'wan2.7-r2v', ...more });

  it('one grid at a time', () => {
    const grids: Reference[] = [
      { kind: 'image', id: '1', name: 'one', image: 'https://x.test/banana_storyboard_00000020.png' },
      { kind: 'image', id: '2', name: '多宫格', image: 'b.png' },
    ];
    only(wan('参考图片', { references: grids }), 'several_grids');
    silent(wan('参考图片', { references: [grids[0]!, mei] }), 'several_grids');
  });

  it('each shot of a storyboard says its framing', () => {
    expect(only(wan(['全景：{P}', '{M}走来', '收束镜头：{M}回头']), 'shots_without_framing').advice.path).toBe(
      'shots[1].prompt',
    );
    silent(wan('{M}走来'), 'shots_without_framing');
    silent(request(['{M} waves', '{M} runs']), 'shots_without_framing');
  });
});

describe('advise', () => {
  it('says nothing about an empty prompt, and holds without a card', () => {
    expect(advise(request(' '), undefined, noFacts)).toEqual([]);
    const found = advise(request('Dolly zoom of {M}', { tier: '480p' }), undefined, noFacts);
    expect(find(found, 'avoid_phrase')).toHaveLength(1);
    expect(find(found, 'low_tier')).toHaveLength(1);
  });

  it('has whole texts in both languages for every kind', () => {
    const seen = new Map<string, Advice>();
    const clip: Reference = { kind: 'subject', id: 'K', name: 'kim', clip: 'kim.mp4' };
    const trials = [
      request(['Dolly zoom of {M}, pan left, in a red jacket, anime, gore', '{M} in a blue coat, realistic'], {
        references: [mei, bob, pier, clip],
      }),
      request('{M} and {B} run, jump, dance and sing in the street for a long time while the sun is shining, pan left'),
      request('a walk', { model: 'grok-imagine-reference-to-video' }),
      request('cat', { model: 'sora-2', startFrame: 'x.png' }),
      request(`{M} ${'run '.repeat(160)}`),
      request(['{M}', '{B}'], {
        model: 'wan2.7-r2v',
        references: [
          { ...mei, name: 'grid1' },
          { ...bob, name: 'grid2' },
        ],
      }),
    ];
    for (const trial of trials) for (const one of adviceOn(trial)) seen.set(one.code, one);
    for (const one of seen.values()) {
      for (const language of languages) {
        const { message, remedy } = explainAdvice(one, language);
        expect(`${message} ${remedy}`).not.toMatch(/[{}]|undefined/);
      }
    }
    const untried = Object.keys(adviceTable).filter((code) => !seen.has(code));
    // Those of measured pictures have their texts looked at in rules/looks.test.ts.
    const measured = [
      'picture_blurred',
      'picture_dark',
      'picture_bright',
      'subject_small',
      'picture_few_pixels',
      'background_busy',
      'scene_cluttered',
      'picture_styles_mixed',
    ];
    expect(untried).toEqual(['subject_view_varies', 'scene_image_small', ...measured]);
  });
});

it('is silent about texts that nobody writes', () => {
  const long = (times: number) => advise(request('Dolly zoom of {M}. '.repeat(times)), undefined, noFacts).length;
  expect(long(1000)).toBeGreaterThan(0);
  expect(long(1500)).toBe(0);
});
