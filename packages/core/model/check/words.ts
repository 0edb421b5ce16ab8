import type { Condition, Limit } from '../card.ts';
import type { Localized } from '../language.ts';
import type { InputName, Request } from '../request.ts';

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
  frame: { en: 'start or end frames', zh: '首帧或尾帧' },
  startFrame: { en: 'start frames', zh: '首帧' },
  endFrame: { en: 'end frames', zh: '尾帧' },
  picture: { en: 'pictures', zh: '图像' },
  footage: { en: 'videos', zh: '视频' },
};

/** All of some inputs: "subjects, scenes and reference images". */
function sumOf(names: readonly InputName[]): Localized {
  return joined(names, ' and ', '和');
}

/** What a limit on several inputs speaks of: "subjects and scenes together". */
export function togetherWords(names: readonly InputName[]): Localized {
  const { en, zh } = sumOf(names);
  return names.length < 2 ? { en, zh } : { en: `${en} together`, zh: `${zh}（合计）` };
}

/** Inputs of which any will do: "start frames, subjects or scenes". */
export function anyOf(names: readonly InputName[]): Localized {
  return joined(names, ' or ', '或');
}

function joined(names: readonly InputName[], en: string, zh: string): Localized {
  const join = (words: readonly string[], comma: string, last: string) =>
    words.length < 2 ? words.join('') : `${words.slice(0, -1).join(comma)}${last}${words.at(-1)}`;
  return {
    en: join(
      names.map((name) => inputWords[name].en),
      ', ',
      en,
    ),
    zh: join(
      names.map((name) => inputWords[name].zh),
      '、',
      zh,
    ),
  };
}

/** "1280x720". */
export function sizeWords({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${width}x${height}`;
}

/** Bytes for people: "10 MB (10,485,760 bytes)"; the vendors' MB is 1,048,576 bytes. */
export function byteWords(bytes: number): Localized {
  const exact = String(bytes).replace(/\B(?=(\d{3})+$)/g, ',');
  if (bytes < 1_048_576) return { en: `${exact} bytes`, zh: `${exact} 字节` };
  const megabytes = Number((bytes / 1_048_576).toFixed(1));
  return { en: `${megabytes} MB (${exact} bytes)`, zh: `${megabytes} MB（${exact} 字节）` };
}

/** Settings that narrow what else may be asked, as the end of a sentence: " with mode std and size 1280x720". */
export function withSettings(settings: Pick<Partial<Request>, 'mode' | 'size' | 'ratio'>): Localized {
  const { mode, size, ratio } = settings;
  const said = [
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(size === undefined ? [] : [`size ${sizeWords(size)}`]),
    ...(ratio === undefined ? [] : [`ratio ${ratio}`]),
  ];
  if (said.length === 0) return { en: '', zh: '' };
  return { en: ` with ${said.join(' and ')}`, zh: `（${said.join('、')}）` };
}

/** "3 to 15", "at most 15", "at least 3"; empty words where neither end is given. */
export function rangeWords(from: number | undefined, to: number | undefined): Localized {
  if (from !== undefined && to !== undefined) return { en: `${from} to ${to}`, zh: `${from} 至 ${to}` };
  if (to !== undefined) return { en: `at most ${to}`, zh: `至多 ${to}` };
  return from === undefined ? { en: '', zh: '' } : { en: `at least ${from}`, zh: `至少 ${from}` };
}

/** What a limit allows, in words: "3 to 15 in whole numbers", "5 or 10". */
export function limitWords({ from, to, oneOf, whole }: Limit): Localized {
  const parts: Localized[] = [];
  const range = rangeWords(from, to);
  if (whole === true) parts.push({ en: `${range.en} in whole numbers`.trim(), zh: `${range.zh}（整数）` });
  else if (range.en !== '') parts.push(range);
  if (oneOf !== undefined) {
    // Defaults stand first in a card; people look for numbers in their order.
    const values = oneOf.every((one) => typeof one === 'number') ? [...oneOf].sort((one, other) => one - other) : oneOf;
    parts.push({ en: listed(values), zh: values.join('、') });
  }
  return { en: parts.map((part) => part.en).join(', or '), zh: parts.map((part) => part.zh).join('，或 ') };
}

/** When a limit holds, as the end of a sentence; empty words for one that always does. */
export function conditionWords(condition: Condition | undefined): Localized {
  const en: string[] = [];
  const zh: string[] = [];
  if (condition?.has !== undefined) {
    en.push(`with ${sumOf(condition.has).en}`);
    zh.push(`有${sumOf(condition.has).zh}时`);
  }
  if (condition?.lacks !== undefined) {
    en.push(`without ${anyOf(condition.lacks).en}`);
    zh.push(`没有${anyOf(condition.lacks).zh}时`);
  }
  if (condition?.tier !== undefined) {
    en.push(`at ${listed(condition.tier)}`);
    zh.push(`${condition.tier.join('、')} 时`);
  }
  if (condition?.mode !== undefined) {
    en.push(`in mode ${listed(condition.mode)}`);
    zh.push(`${condition.mode.join('、')} 模式下`);
  }
  if (condition?.audio !== undefined) {
    en.push(condition.audio ? 'with sound' : 'without sound');
    zh.push(condition.audio ? '有声时' : '无声时');
  }
  if (condition?.seconds !== undefined) {
    const { from, to } = condition.seconds;
    if (from === to) {
      en.push(`for ${from} s`);
      zh.push(`${from} 秒时`);
    } else if (to === undefined) {
      en.push(`from ${from} s on`);
      zh.push(`${from} 秒及以上时`);
    } else {
      en.push(`for ${from === undefined ? 'at most ' : `${from} to `}${to} s`);
      zh.push(`${from === undefined ? '至多 ' : `${from} 至 `}${to} 秒时`);
    }
  }
  if (en.length === 0) return { en: '', zh: '' };
  return { en: ` ${en.join(', ')}`, zh: `（${zh.join('，')}）` };
}

function listed(values: readonly (string | number | boolean)[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
