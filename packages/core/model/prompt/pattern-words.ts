import type { Localized } from '../language.ts';

/** The pattern of a good prompt, by the Venice reference-to-video guide ("Structure your prompt"), in its order. */
export const patternElements = ['subject', 'action', 'place', 'camera', 'light', 'style'] as const;
export type PatternElement = (typeof patternElements)[number];

/** Words that can be put into a prompt with a click. */
export interface PatternWord {
  readonly words: Localized;
  /** A sentence by itself, before or after the prompt ("camera instructions near the beginning"); otherwise words for where the caret is. */
  readonly stands: 'first' | 'last' | 'within';
}

const first = (en: string, zh: string): PatternWord => ({ words: { en, zh }, stands: 'first' });
const last = (en: string, zh: string): PatternWord => ({ words: { en, zh }, stands: 'last' });
const within = (en: string, zh: string): PatternWord => ({ words: { en, zh }, stands: 'within' });

/**
 * Words at hand for each part of the pattern. The first four of the camera are the guide's column "use"; the others are words of the vendors'
 * examples, or name one simple move. What a subject is, is a reference.
 */
export const patternWords: Readonly<Record<PatternElement, readonly PatternWord[]>> = {
  subject: [],
  action: [
    within('walks slowly forward', '缓缓走过'),
    within('turns toward the camera', '转身面向镜头'),
    within('looks up', '抬头张望'),
    within('waves', '挥手'),
    within('smiles', '微笑'),
    within('runs', '奔跑'),
    within('sits down', '坐下'),
    within('jumps', '跳起来'),
  ],
  place: [
    within('in a quiet street', '在安静的街道上'),
    within('in a park', '在公园里'),
    within('in a café', '在咖啡馆里'),
    within('in a bright room', '在明亮的房间里'),
    within('in a forest', '在森林里'),
    within('on a beach', '在沙滩上'),
    within('on a rooftop above the city', '在城市的屋顶上'),
  ],
  camera: [
    first('Slow camera push forward.', '镜头缓慢推进。'),
    first('Tracking shot from behind.', '从身后跟拍。'),
    first('Close-up.', '特写。'),
    first('Wide cinematic shot.', '电影感全景。'),
    first('Medium shot.', '中景。'),
    first('The camera slowly pulls back.', '镜头缓慢拉远。'),
    first('The camera pans left.', '镜头向左摇。'),
    first('The camera pans right.', '镜头向右摇。'),
    first('The camera tilts up.', '镜头向上摇。'),
    first('The camera orbits slowly.', '镜头缓慢环绕。'),
    first('Low-angle shot.', '仰拍。'),
    first('Static shot.', '固定镜头。'),
  ],
  light: [
    last('Soft natural lighting.', '柔和的自然光。'),
    last('Soft warm lighting.', '柔和的暖光。'),
    last('Golden hour lighting.', '日落时分的金色光线。'),
    last('Warm afternoon light.', '温暖的午后阳光。'),
    last('Moonlight.', '月光。'),
    last('Neon light at night.', '夜晚的霓虹灯光。'),
  ],
  style: [
    last('Cinematic style.', '电影质感，高清画质。'),
    last('Photorealistic.', '写实风格。'),
    last('Shallow depth of field.', '浅景深，电影质感。'),
    last('Anime style.', '动漫风格。'),
    last('Watercolour style.', '水彩风格。'),
    last('Documentary style.', '纪录片风格。'),
    last('Film noir style.', '黑色电影风格。'),
  ],
};
