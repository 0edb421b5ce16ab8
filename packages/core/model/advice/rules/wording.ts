import { replaceInPrompt } from '../../prompt/flat.ts';
import { countWhile } from '../../prompt/ordered.ts';
import { makeAdvice } from '../advice.ts';
import type { AdvisedWords, Rule } from '../advised.ts';

const colours =
  'red|crimson|scarlet|maroon|burgundy|pink|orange|yellow|golden|gold|green|emerald|teal|turquoise|blue|navy|azure|purple|violet|brown|tan|beige|khaki|black|white|grey|gray|silver|cream|ivory|blonde?|ginger|auburn|brunette';
const materials =
  'leather|denim|wool|woollen|silk|linen|cotton|velvet|long|short|light|dark|bright|pale|deep|hooded|striped';
const chineseColours =
  '(?:深|浅|暗|亮|大|粉|酒|墨|天|藏|米|金|银)?(?:红|粉|橙|黄|绿|青|蓝|紫|棕|褐|黑|白|灰|金|银)(?:色)?的?(?:皮|牛仔|羊毛|丝绸|长|短|连帽)?';

/** Things that one wears one of at a time, so that two names in two shots are two names of one thing. */
const garments: readonly (readonly [english: string, chinese: string])[] = [
  [
    'jacket|coat|parka|blazer|overcoat|raincoat|trench coat|cloak|cape|hoodie',
    '夹克|外套|大衣|风衣|斗篷|披风|卫衣|雨衣',
  ],
  ['shirt|t-shirt|blouse|sweater|pullover|jumper|top|vest', '衬衫|衬衣|毛衣|上衣|背心|T恤'],
  ['dress|gown|robe|kimono|skirt', '连衣裙|长裙|短裙|裙子|裙|礼服|长袍|和服'],
  ['hat|cap|beanie|helmet|beret', '帽子|帽|头盔|礼帽'],
  ['trousers|pants|jeans|shorts', '裤子|长裤|短裤|牛仔裤|裤'],
  ['shoes|boots|sneakers|sandals|heels', '鞋子|靴子|运动鞋|高跟鞋|鞋|靴'],
  ['scarf|shawl|tie', '围巾|披肩|领带'],
  ['hair', '头发|长发|短发|发'],
  ['eyes', '眼睛|眼眸'],
];

const patterns = garments.map(
  ([english, chinese]) =>
    new RegExp(
      `(?<![\\p{L}])(?:(?:a|an|the)\\s+)?(?<words>(?:(?:${materials})\\s+)*(?:${colours})\\s+(?:(?:${materials})\\s+)*(?:${english}))(?![\\p{L}])|(?<zh>${chineseColours}(?:${chinese}))`,
      'giu',
    ),
);

interface Worn {
  readonly shot: number;
  readonly reference: string;
  readonly garment: number;
  readonly words: string;
  readonly from: number;
}

/**
 * Venice reference-to-video guide, "Use consistent vocabulary": "if a prompt says 'a red jacket', do not switch to 'crimson coat' in
 * the next; to the model different words are different intents". Only clothes and hair with a colour, in a sentence that
 * mentions one reference alone: anything wider would guess. The fix uses the first shot's words.
 */
export const wordingChanges: Rule = ({ shots }) => {
  const first = new Map<string, Worn>();
  return shots.flatMap((shot, index) => {
    const changed = wornIn(shot, index).flatMap((worn) => {
      const key = `${worn.reference}\n${worn.garment}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, worn);
      return before === undefined || before.shot === index || sameWords(before.words, worn.words)
        ? []
        : [{ worn, before }];
    });
    if (changed.length === 0) return [];
    const replacements = changed.map(({ worn: { from, words }, before }) => ({
      from,
      to: from + words.length,
      by: [withArticle(before.words, shot.open.slice(0, from))],
    }));
    // "a crimson coat" -> "an orange coat": the article belongs to the words.
    const value = replaceInPrompt(
      shot.flat,
      replacements.map((one) => ({ ...one, from: one.from - articleBefore(shot.open.slice(0, one.from)).length })),
    );
    return changed.map(({ worn, before }) =>
      makeAdvice('wording_changes', shot.path, { found: worn.words, use: before.words }, { path: shot.path, value }),
    );
  });
};

function wornIn({ flat, open }: AdvisedWords, shot: number): Worn[] {
  const worn: Worn[] = [];
  const mentions = [...flat.mentions].sort(([one], [other]) => one - other);
  for (const sentence of open.matchAll(/[^.!?。！？\n]+/gu)) {
    const from = sentence.index;
    const to = from + sentence[0].length;
    const first = countWhile(mentions, ([at]) => at < from);
    const past = countWhile(mentions, ([at]) => at < to);
    const mentioned = new Set(mentions.slice(first, past).map(([, { mention }]) => mention));
    const [reference] = mentioned;
    if (mentioned.size !== 1 || reference === undefined) continue;
    for (const [garment, pattern] of patterns.entries()) {
      for (const match of sentence[0].matchAll(pattern)) {
        const words = match.groups!.words ?? match.groups!.zh!;
        worn.push({ shot, reference, garment, words, from: from + match.index + match[0].length - words.length });
      }
    }
  }
  return worn;
}

function sameWords(one: string, other: string): boolean {
  const plain = (words: string) =>
    words
      .toLowerCase()
      .replace(/[\s的]+/gu, '')
      .replaceAll('色', '');
  return plain(one) === plain(other);
}

function articleBefore(text: string): string {
  return /(?<![\p{L}])an?\s+$/iu.exec(text)?.[0] ?? '';
}

function withArticle(words: string, before: string): string {
  const article = articleBefore(before);
  if (article === '') return words;
  const right = /^[aeiou]/iu.test(words) ? 'an ' : 'a ';
  return (/^\p{Lu}/u.test(article) ? right[0]!.toUpperCase() + right.slice(1) : right) + words;
}
