/** What kind of figure a noun is, and how large beside a grown person. */
interface Noun {
  readonly shape: 'person' | 'animal' | 'thing';
  readonly size: NounSize;
  /** Whether a plain figure can stand for it where no picture shows it. */
  readonly drawn: boolean;
  /** Alternatives of a pattern. */
  readonly english: string;
  readonly chinese: string;
}

export type NounSize = 'tiny' | 'small' | 'usual' | 'large';

const nouns: readonly Noun[] = [
  {
    ...{ shape: 'person', size: 'usual', drawn: true },
    english:
      '[a-z]*m[ae]n|girl|boy|person|people|singer|dancer|astronaut|chef|teacher|doctor|couple|friend|soldier|hero|heroine|king|queen|prince|princess|princesse|knight|clerk|runner|detective|robot|mother|father|grandmother|grandfather|grandma|grandpa|sister|brother|baker|farmer|sailor|pilot|nurse|waiter|waitress|painter|wizard|witch|monk|samurai|warrior|tourist|student|musician|actor|actress',
    chinese:
      '女主|男主|女人|男人|女孩|男孩|女生|男生|少年|少女|歌手|舞者|老师|医生|店员|行人|老人|机器人|外婆|外公|奶奶|爷爷|妈妈|爸爸|母亲|父亲|妹妹|姐姐|哥哥|弟弟|孙子|孙女|公主|王子|骑士|渔夫|渔民|农夫|农民|司机|警察|护士|侦探|武士|学生|(?<!机器|个|别|无)人(?![物称工造脸群类形])',
  },
  {
    ...{ shape: 'person', size: 'small', drawn: true },
    english: 'child|children|kid|toddler',
    chinese: '(?<![男女])孩子?|宝宝',
  },
  {
    ...{ shape: 'animal', size: 'small', drawn: true },
    english:
      'cat|kitten|dog|puppy|puppies|retriever|poodle|corgi|husky|terrier|bird|rabbit|bunny|bunnies|mouse|squirrel|fox|foxe',
    chinese: '猫|狗|犬|鸟|兔|鼠(?!标)|狐',
  },
  {
    ...{ shape: 'animal', size: 'usual', drawn: true },
    english: 'wolf|wolves|bear|lion|tiger|deer',
    chinese: '狼|熊|狮|虎|鹿',
  },
  {
    ...{ shape: 'animal', size: 'large', drawn: true },
    english: 'horse|elephant|dragon',
    chinese: '(?<!斑)马(?![路车上桶]|拉松)|大象|龙(?!头|卷)',
  },
  { ...{ shape: 'thing', size: 'usual', drawn: true }, english: 'box|boxe|chest|map', chinese: '宝箱|藏宝图' },
  { ...{ shape: 'thing', size: 'tiny', drawn: true }, english: 'cup|lamp', chinese: '杯' },
  {
    ...{ shape: 'thing', size: 'tiny', drawn: false },
    english: 'mug|coffee|tea|phone|book|flower|lollipop|toy|key|ring|bottle|candle|letter|apple|cake',
    chinese: '花|书|手机|玩具|钥匙|戒指|瓶|信|苹果|蛋糕|灯',
  },
  { ...{ shape: 'thing', size: 'small', drawn: false }, english: 'doll', chinese: '娃娃' },
  {
    ...{ shape: 'thing', size: 'large', drawn: true },
    english: 'car|ship|boat|rocket|train',
    chinese: '汽车|火箭|列车|飞船',
  },
  { ...{ shape: 'thing', size: 'large', drawn: false }, english: 'truck|tree|house', chinese: '车|树|船' },
];

const patternOf = ({ english, chinese }: Noun, flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}])(?:${english})s?(?![\\p{L}])|${chinese}`, flags);
const inTexts = nouns.filter(({ drawn }) => drawn).map((noun) => ({ ...noun, words: patternOf(noun, 'giu') }));
const inNames = nouns.map((noun) => ({ ...noun, words: patternOf(noun, 'iu') }));

/** A noun in a text for which a plain figure can stand. */
export interface NounFound extends Pick<Noun, 'shape' | 'size'> {
  readonly at: number;
  readonly word: string;
}

/** The nouns of a text for which a plain figure can stand, in order. */
export function nounsIn(text: string): NounFound[] {
  const found = inTexts.flatMap(({ shape, size, words }) =>
    [...text.matchAll(words)].map((match) => ({ shape, size, at: match.index, word: match[0].toLowerCase() })),
  );
  return found.toSorted((one, other) => one.at - other.at);
}

/** How large what a name says is beside a grown person. */
export function sizeOfName(name: string): NounSize {
  return inNames.find(({ words }) => words.test(name))?.size ?? 'usual';
}

const counted =
  /(?:\b(?:an?|another|two|three|some)\s+(?:[\p{L}-]+\s+){0,2}|[一两三四几][个只条匹位名头群辆艘][\p{Script=Han}]{0,4})$/iu;
/** "is a dancer", "as a chef", "of a woman", "￼, a young man": words for somebody who is there already. */
const described =
  /(?:\b(?:is|are|was|be|as|like|of|becomes?|into|a|an)\s|[是像如为成]|\uFFFC(?:'s)?\s*[,，(（:：]\s*)$/iu;

/** Somebody or something that a text brings in and that is no reference: "a small dog", 一个小狗. Without what stands in quotes. */
export function newcomersIn(text: string): string[] {
  const found = nounsIn(text).flatMap(({ at, word }) => {
    const near = text.slice(Math.max(0, at - 60), at);
    const count = counted.exec(near);
    if (count === null || described.test(near.slice(0, count.index))) return [];
    return [`${count[0]}${text.slice(at, at + word.length)}`];
  });
  return [...new Set(found)];
}
