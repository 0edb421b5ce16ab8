import type { Condition, Limit } from '../card.ts';
import type { Localized } from '../language.ts';
import type { InputName } from '../request.ts';

/** What people call the inputs that limits speak of. */
export const inputWords: Readonly<Record<InputName, Localized>> = {
  reference: { en: 'references', zh: '参考' },
  subject: { en: 'subjects', zh: '主体' },
  scene: { en: 'scenes', zh: '场景' },
  image: { en: 'reference images', zh: '参考图像' },
  video: { en: 'reference videos', zh: '参考视频' },
  clip: { en: 'clips of subjects', zh: '主体视频' },
  voice: { en: 'voices', zh: '音色' },
  angle: { en: 'more views of subjects', zh: '主体的其他角度' },
  edit: { en: 'videos to edit', zh: '待编辑视频' },
  frame: { en: 'start and end frames', zh: '首帧与尾帧' },
  startFrame: { en: 'a start frame', zh: '首帧' },
  endFrame: { en: 'an end frame', zh: '尾帧' },
  picture: { en: 'pictures', zh: '图像' },
  footage: { en: 'videos', zh: '视频' },
};

/** Several inputs in one phrase: "startFrame, subjects, scenes". */
export function inputList(names: readonly InputName[]): Localized {
  return {
    en: names.map((name) => inputWords[name].en).join(' + '),
    zh: names.map((name) => inputWords[name].zh).join(' + '),
  };
}

/** What a limit allows, in words. */
export function limitWords(limit: Limit): Localized {
  const { from, to, oneOf } = limit;
  const whole = limit.whole === true;
  const en: string[] = [];
  const zh: string[] = [];
  if (from !== undefined && to !== undefined) {
    en.push(`${from} to ${to}${whole ? ', whole numbers' : ''}`);
    zh.push(`${from} 至 ${to}${whole ? '（整数）' : ''}`);
  } else if (to !== undefined) {
    en.push(`at most ${to}`);
    zh.push(`至多 ${to}`);
  } else if (from !== undefined) {
    en.push(`at least ${from}`);
    zh.push(`至少 ${from}`);
  } else if (whole) {
    en.push('whole numbers');
    zh.push('整数');
  }
  if (oneOf !== undefined) {
    en.push(oneOf.join(', '));
    zh.push(oneOf.join('、'));
  }
  return { en: en.join(', or '), zh: zh.join('，或 ') };
}

/** When a limit holds, as the end of a sentence; empty words for one that always does. */
export function conditionWords(condition: Condition | undefined): Localized {
  const en: string[] = [];
  const zh: string[] = [];
  if (condition?.has !== undefined) {
    en.push(`with ${inputList(condition.has).en}`);
    zh.push(`有${inputList(condition.has).zh}时`);
  }
  if (condition?.lacks !== undefined) {
    en.push(`without ${inputList(condition.lacks).en}`);
    zh.push(`没有${inputList(condition.lacks).zh}时`);
  }
  if (condition?.tier !== undefined) {
    en.push(`at ${condition.tier.join(' or ')}`);
    zh.push(`${condition.tier.join('或')} 时`);
  }
  if (condition?.mode !== undefined) {
    en.push(`in mode ${condition.mode.join(' or ')}`);
    zh.push(`${condition.mode.join('或')} 模式下`);
  }
  if (condition?.audio !== undefined) {
    en.push(condition.audio ? 'with sound' : 'without sound');
    zh.push(condition.audio ? '有声时' : '无声时');
  }
  if (condition?.seconds !== undefined) {
    const { from, to } = condition.seconds;
    const range = from === to ? `${from}` : `${from ?? 0}-${to ?? '…'}`;
    en.push(`for ${range} s`);
    zh.push(`${range} 秒时`);
  }
  if (en.length === 0) return { en: '', zh: '' };
  return { en: ` (${en.join(', ')})`, zh: `（${zh.join('，')}）` };
}
