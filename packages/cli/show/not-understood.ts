import type { Plan } from '@refreel/core/animatic';
import type { Language, Localized } from '@refreel/core/model';

type NotUnderstood = Plan['notUnderstood'][number];

/** One line for people: which words of which shot the storyboard does not show, and why. */
export function notUnderstoodSentence(
  { shot, text, why }: { readonly shot: number; readonly text: string; readonly why: string },
  language: Language,
): string {
  const sentence = sentences.get(why) ?? otherwise;
  const said = sentence[language].replace('{text}', () => text);
  // These are the film's, not a shot's.
  if (why === 'negative-prompt' || why === 'clip-not-played') return said;
  return language === 'zh' ? `镜头 ${shot + 1}：${said}` : `shot ${shot + 1}: ${said}`;
}

const otherwise: Localized = { en: '"{text}" is not shown', zh: '未表现“{text}”' };

const known = {
  'unknown-camera': { en: '"{text}" is no camera move that is known here', zh: '“{text}”是未识别的运镜' },
  'several-moves': { en: 'one camera move a shot: "{text}" was left out', zh: '每个镜头只做一种运镜：未采用“{text}”' },
  'several-framings': { en: 'one framing a shot: "{text}" was left out', zh: '每个镜头只取一种景别：未采用“{text}”' },
  'unknown-action': { en: '"{text}" cannot be drawn here', zh: '“{text}”无法画出' },
  'line-cut': {
    en: 'the line "{text}" is longer than what is left of the film: its end is not heard',
    zh: '台词“{text}”超出影片剩余时长：末尾听不到',
  },
  'line-overruns': {
    en: 'the line "{text}" is longer than its shot: it goes on over the next one',
    zh: '台词“{text}”比镜头长：会延续到下一个镜头',
  },
  'left-out-speaker': {
    en: 'the negative prompt takes out who says "{text}": the line is not spoken',
    zh: '负面提示词去掉了“{text}”的说话人：不念这句台词',
  },
  'negative-prompt': {
    en: 'a negative prompt cannot take out "{text}" here',
    zh: '此处的负面提示词无法去掉“{text}”',
  },
  'no-view-from-behind': {
    en: '"{text}": no picture shows it from behind, so it is seen from the front',
    zh: '“{text}”：没有背面图像，因此画的是正面',
  },
  'clip-not-played': {
    en: '"{text}" has a picture and a clip: the picture is shown, the clip is not played',
    zh: '“{text}”既有图像又有视频：画面使用图像，不播放视频',
  },
  'nobody-shown': { en: '"{text}" is not drawn: no picture shows it', zh: '“{text}”未画出：没有对应的图像' },
} as const satisfies Readonly<Record<NotUnderstood['why'], Localized>> & Readonly<Record<string, Localized>>;

const sentences: ReadonlyMap<string, Localized> = new Map(Object.entries(known));
