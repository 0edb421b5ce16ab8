import type { CameraAngle, CameraMove, Framing, Language } from '../../model/index.ts';

const framingWords: Readonly<Record<Framing, readonly [en: string, zh: string]>> = {
  'extreme-wide': ['EXTREME WIDE', '大远景'],
  wide: ['WIDE', '全景'],
  medium: ['MEDIUM', '中景'],
  'medium-close': ['MEDIUM CLOSE', '近景'],
  'close-up': ['CLOSE-UP', '特写'],
  'extreme-close-up': ['EXTREME CLOSE-UP', '大特写'],
};

const moveWords: Readonly<Record<CameraMove, readonly [en: string, zh: string]>> = {
  hold: ['HOLD', '固定'],
  push: ['PUSH IN', '推进'],
  pull: ['PULL OUT', '拉远'],
  'pan-left': ['PAN LEFT', '左摇'],
  'pan-right': ['PAN RIGHT', '右摇'],
  'tilt-up': ['TILT UP', '上摇'],
  'tilt-down': ['TILT DOWN', '下摇'],
  'track-left': ['TRACK LEFT', '左移'],
  'track-right': ['TRACK RIGHT', '右移'],
  'track-behind': ['FOLLOW', '跟拍'],
  rise: ['RISE', '升起'],
  sink: ['SINK', '下降'],
  orbit: ['ORBIT', '环绕'],
};

const angleWords: Readonly<Record<CameraAngle, readonly [en: string, zh: string] | undefined>> = {
  eye: undefined,
  low: ['LOW ANGLE', '仰拍'],
  high: ['HIGH ANGLE', '高角度'],
  overhead: ['OVERHEAD', '俯拍'],
};

/** "2/3  CLOSE-UP · LOW ANGLE · PUSH IN": what a storyboard writes beside a picture. */
export function slateText(
  index: number,
  count: number,
  { framing, angle, move }: { readonly framing: Framing; readonly angle: CameraAngle; readonly move: CameraMove },
  language: Language,
): string {
  const at = language === 'en' ? 0 : 1;
  const number = count > 1 ? `${index + 1}/${count}  ` : '';
  const seen = angleWords[angle] === undefined ? '' : ` · ${angleWords[angle][at]}`;
  return `${number}${framingWords[framing][at]}${seen} · ${moveWords[move][at]}`;
}

export const draftText: Readonly<Record<Language, string>> = { en: 'DRAFT · animatic', zh: '草稿 · 动态分镜' };
export const watermarkText: Readonly<Record<Language, string>> = { en: 'AI generated', zh: 'AI 生成' };

/** Under a video that guides the film and is not in it. */
export function guideText(name: string, language: Language): string {
  return language === 'zh' ? `参考：${name}` : `Reference: ${name}`;
}
