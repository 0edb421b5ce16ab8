import { findSource, takesInput } from '@refreel/core/catalog';
import { type Card, type Language, type Limit, type Localized, showExact } from '@refreel/core/model';
import { tableLines } from './table.ts';
import { labelled, say } from './words.ts';

/** The models, a row each, in lines of at most 100 columns. */
export function cardTable(list: readonly Card[], language: Language): string[] {
  const head = { cells: pick(heads, language), list: [takes[language]] };
  const rows = list.map((card) => ({
    cells: [card.id, secondsOf(card), priceOf(card, language)],
    list: inputsOf(card, language),
  }));
  return tableLines([head, ...rows], commas[language]);
}

/** All that is known of a model, in lines; each of the documents that it is known from stands at the end. */
export function cardLines(card: Card, language: Language): string[] {
  const stop = language === 'zh' ? '。' : '. ';
  const line = (label: Localized, text: string) => `  ${labelled(label[language], text, language)}`;
  const seconds = card.seconds.default === undefined ? '' : byDefault(card.seconds.default, language);
  const sizes = [...new Set(card.formats.list.map(({ width, height }) => `${width}x${height}`))];
  const any = card.formats.anySide;
  const anySize = {
    en: `any even sides of ${any?.from ?? 16} to ${any?.to ?? 4096} pixels`,
    zh: `任意偶数边长，${any?.from ?? 16} 至 ${any?.to ?? 4096} 像素`,
  };
  return [
    `${card.id}  ${card.name[language]}`,
    `  ${card.method[language]}${stop}${card.bestFor[language]}${stop}`.trimEnd(),
    line(takes, inputsOf(card, language).join(commas[language])),
    line({ en: 'seconds', zh: '时长（秒）' }, `${secondsOf(card)}${seconds}`),
    line({ en: 'sizes', zh: '尺寸' }, sizes.length > 0 ? sizes.join(commas[language]) : anySize[language]),
    line({ en: 'price', zh: '价格' }, priceOf(card, language)),
    ...sourcesOf(card).map((source) => line({ en: 'source', zh: '来源' }, source)),
  ];
}

const heads: Readonly<Record<Language, readonly string[]>> = {
  en: ['model', 'seconds', 'price'],
  zh: ['模型', '秒', '价格'],
};
const takes: Localized = { en: 'takes', zh: '输入' };
const commas: Localized = { en: ', ', zh: '、' };

function pick(table: typeof heads, language: Language): readonly string[] {
  return table[language];
}

/** Shorter than the words that a problem has for them: a list of models is read across. */
const inputs = [
  ['subject', { en: 'subjects', zh: '主体' }],
  ['scene', { en: 'scenes', zh: '场景' }],
  ['image', { en: 'images', zh: '图像' }],
  ['video', { en: 'videos', zh: '视频' }],
  ['voice', { en: 'voices', zh: '音色' }],
  ['startFrame', { en: 'a start frame', zh: '首帧' }],
  ['endFrame', { en: 'an end frame', zh: '尾帧' }],
] as const;

function inputsOf(card: Card, language: Language): string[] {
  return inputs.filter(([input]) => takesInput(card, input)).map(([, words]) => words[language]);
}

/** Every length that the model has under some condition: "3-15", "5, 8". */
function secondsOf(card: Card): string {
  const limits = card.seconds.limits.filter(({ newer }) => newer !== true);
  const values = new Set(limits.flatMap(({ oneOf = [] }) => oneOf.filter((one) => typeof one === 'number')));
  const ranges = new Set(limits.filter(isRange).map(({ from, to }) => `${from ?? 0}-${to ?? '…'}`));
  return [...ranges, ...[...values].sort((one, other) => one - other)].join(', ');
}

function isRange({ from, to }: Limit): boolean {
  return from !== undefined || to !== undefined;
}

function priceOf(card: Card, language: Language): string {
  const rates = card.price?.rates.map(({ micros }) => micros).filter((micros) => micros !== null) ?? [];
  if (card.price === null || rates.length === 0) return say('unknownPrice', language);
  const { currency } = card.price;
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (most === 0) return language === 'zh' ? '免费' : 'free';
  const show = (micros: number) => showExact({ micros, currency });
  return `${[...new Set([show(least), show(most)])].join('-')}${language === 'zh' ? '/秒' : '/s'}`;
}

function byDefault(value: string | number | boolean, language: Language): string {
  return language === 'zh' ? `（默认 ${value}）` : ` (${value} by default)`;
}

function sourcesOf(card: Card): string[] {
  const keys = new Set([...JSON.stringify(card).matchAll(/"source":"([^"]+)"/g)].map(([, key]) => key!));
  return [...keys].flatMap((key) => {
    const source = key === 'ours' ? undefined : findSource(key);
    return source === undefined ? [] : [`${source.title} (${source.date})`];
  });
}
