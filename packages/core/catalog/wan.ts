import type { Card, Format, MediaLimit, PriceRule, Rate } from '../model/index.ts';
import { choice, countUpTo, fixed, micros, shapes } from './forms.ts';

const guide = 'wan-guide';

const beijing = { id: 'cn-beijing', name: { en: 'China (Beijing)', zh: '华北2（北京）' }, source: guide };
const singapore = { id: 'ap-southeast-1', name: { en: 'Singapore', zh: '新加坡' }, source: guide };
const virginia = { id: 'us-east-1', name: { en: 'US (Virginia)', zh: '美国（弗吉尼亚）' }, source: guide };

/** Yuan a second, of the film and of input video alike. Without `silent`, the film always has sound. */
interface Prices {
  readonly sound: readonly [at720p: number, at1080p: number];
  readonly silent?: readonly [at720p: number, at1080p: number];
}

function price({ sound, silent }: Prices): PriceRule {
  const source = 'aliyun-pricing';
  const pair = (prices: readonly [number, number], audio?: boolean): Rate[] =>
    (['720p', '1080p'] as const).map((tier, index) => ({
      when: { tier: [tier], ...(audio !== undefined && { audio }) },
      micros: micros(prices[index]!),
      source,
    }));
  return {
    currency: 'CNY',
    rates: silent === undefined ? pair(sound) : [...pair(sound, true), ...pair(silent, false)],
    // Each video is cut at 5 s shared out over all references; the guide's table says 1.65 for three, not 1.667, in every edition. A first frame does not count.
    inputSeconds: { eachMost: [5, 2.5, 1.65, 1.25, 1], dividedBy: 'reference', source: guide },
    source,
  };
}

const inBeijing = price({ sound: [0.6, 1] });
const inSingapore = price({ sound: [0.733924, 1.100886] });
const inVirginia = price({ sound: [0.6, 1] });

/** Sound cannot be turned off: only the flash model makes silent films. */
const alwaysSound = fixed(true, guide);

const videoTypes = ['video/mp4', 'video/quicktime'];
const imageTypes = ['image/jpeg', 'image/png', 'image/bmp', 'image/webp'];

const common = {
  dialect: 'dashscope',
  mode: null,
  fps: fixed(30, guide),
  seed: true,
  count: countUpTo(1, guide),
  typical: [],
  expiry: { seconds: 86_400, source: guide },
  remix: false,
} satisfies Partial<Card>;

const wan27: Card = {
  ...common,
  id: 'wan2.7-r2v',
  aliases: ['wan2.7-r2v-2026-06-12'],
  name: { en: 'Wan 2.7 R2V', zh: '万相 2.7 参考生视频' },
  method: {
    en: 'Pictures and clips of subjects, each with a voice, and a first frame',
    zh: '多主体图像与视频参考，可配置音色与首帧',
  },
  bestFor: {
    en: 'Several speaking subjects with voices of their own; storyboard grids',
    zh: '多主体同框互动并区分音色；多宫格故事板',
  },
  prompt: {
    required: true,
    most: 5000,
    cut: true,
    negativeMost: 500,
    negative: true,
    mentions: 'wan-2.7',
    source: 'wan-2.7-api',
  },
  inputs: {
    subject: { image: 'optional', mostAngles: 0, clip: true, oneMedium: true, voice: true, source: guide },
    // A place is a reference picture like any other.
    scene: { as: 'image', mostAngles: 0, source: guide },
    image: { source: guide },
    // A reference video shows whom or what the film is about; its motion is not followed.
    video: { uses: ['subject'], keepSound: false, voice: true, source: guide },
    startFrame: true,
    endFrame: false,
    source: guide,
  },
  // Every reference is one picture or one video; a first frame is none.
  totals: [{ of: ['reference'], least: 1, most: 5, source: guide }],
  media: {
    image: {
      types: imageTypes,
      mostBytes: 20 * 1_048_576,
      leastSide: 240,
      mostSide: 8000,
      mostRatio: 8,
      alpha: false,
      source: 'wan-2.7-api',
    },
    video: {
      types: videoTypes,
      mostBytes: 100 * 1_048_576,
      leastSide: 240,
      mostSide: 4096,
      mostRatio: 8,
      leastSeconds: 1,
      mostSeconds: 30,
      source: 'wan-2.7-api',
    },
    voice: {
      types: ['audio/wav', 'audio/mpeg'],
      mostBytes: 15 * 1_048_576,
      leastSeconds: 1,
      mostSeconds: 10,
      source: 'wan-2.7-api',
    },
  },
  shots: { form: 'storyboard', source: guide },
  seconds: {
    default: 5,
    limits: [
      { from: 2, to: 10, whole: true, source: guide },
      { when: { lacks: ['footage'] }, from: 2, to: 15, whole: true, newer: true, source: 'wan-2.7-api' },
    ],
    source: 'wan-2.7-api',
  },
  formats: {
    list: [...shapes(['1080p'], ['16:9', '9:16']), ...wide('1080p', 1440, 1648, 1248), ...at720p(1104)],
    size: 'ratio',
    follows: ['startFrame'],
    source: 'wan-2.7-api',
  },
  audio: alwaysSound,
  watermark: choice([false, true], 'wan-2.7-api'),
  expand: choice([true, false], 'wan-2.7-api'),
  price: inBeijing,
  regions: [beijing, { ...singapore, price: inSingapore }],
  newest: { inputDividedBy: 'footage', source: 'wan-newest-guide' },
};

const wan26Image: MediaLimit = {
  types: imageTypes,
  mostBytes: 10 * 1_048_576,
  leastSide: 240,
  mostSide: 5000,
  alpha: false,
  source: 'wan-2.6-api',
};

const wan26 = {
  ...common,
  method: { en: 'Pictures and clips, each of one character', zh: '图像与视频参考，每个参考一个角色' },
  prompt: {
    required: true,
    most: 1500,
    cut: true,
    negativeMost: 500,
    negative: true,
    mentions: 'wan-2.6',
    source: 'wan-2.6-api',
  },
  inputs: {
    subject: { image: 'optional', mostAngles: 0, clip: true, oneMedium: true, voice: false, source: guide },
    scene: { as: 'image', mostAngles: 0, source: guide },
    image: { source: guide },
    video: { uses: ['subject'], keepSound: false, voice: false, source: guide },
    startFrame: false,
    endFrame: false,
    source: guide,
  },
  totals: [
    { of: ['reference'], least: 1, most: 5, source: guide },
    { of: ['footage'], most: 3, source: guide },
  ],
  media: {
    image: wan26Image,
    video: {
      types: videoTypes,
      mostBytes: 100 * 1_048_576,
      leastSeconds: 1,
      mostSeconds: 30,
      source: 'wan-2.6-api',
    },
    voice: null,
  },
  shots: { form: 'flag', source: guide },
  seconds: { default: 5, limits: [{ from: 2, to: 10, whole: true, source: guide }], source: 'wan-2.6-api' },
  formats: {
    list: [...shapes(['1080p'], ['16:9', '9:16']), ...wide('1080p', 1440, 1632, 1248), ...at720p(1088)],
    size: 'pixels',
    source: 'wan-2.6-api',
  },
  watermark: choice([false, true], 'wan-2.6-api'),
  // Only some editions of the page list the switch, and none says what holds without it.
  expand: { limits: [{ oneOf: [true, false], source: 'wan-2.6-api' }], source: 'wan-2.6-api' },
} satisfies Partial<Card>;

/** Wan at Alibaba Cloud. */
export const wanCards: readonly Card[] = [
  wan27,
  {
    ...wan26,
    id: 'wan2.6-r2v',
    name: { en: 'Wan 2.6 R2V', zh: '万相 2.6 参考生视频' },
    bestFor: { en: 'Characters in several shots, with sound in step', zh: '单角色/多角色、多镜头叙事、声画同步' },
    audio: alwaysSound,
    price: inBeijing,
    regions: [
      beijing,
      { ...singapore, price: inSingapore },
      {
        ...virginia,
        // "Text, video": no pictures there.
        inputs: {
          subject: { image: 'none', mostAngles: 0, clip: true, oneMedium: true, voice: false, source: guide },
          scene: null,
          image: null,
        },
        totals: [{ of: ['footage'], least: 1, most: 3, source: guide }],
        seconds: choice([5, 10], guide),
        price: inVirginia,
      },
    ],
  },
  {
    ...wan26,
    id: 'wan2.6-r2v-flash',
    name: { en: 'Wan 2.6 R2V Flash', zh: '万相 2.6 参考生视频 Flash' },
    bestFor: { en: 'The same, faster and cheaper, with or without sound', zh: '生成更快、性价比高，可有声或无声' },
    audio: {
      default: false,
      vendorDefault: true,
      limits: [{ oneOf: [true, false], source: guide }],
      source: 'wan-2.6-api',
    },
    price: price({ sound: [0.3, 0.5], silent: [0.15, 0.25] }),
    regions: [beijing, { ...singapore, price: price({ sound: [0.366962, 0.550443], silent: [0.183481, 0.275221] }) }],
  },
];

/** Square, 4:3 and 3:4 of a tier, whose pixels follow the tier's area and not its short side. */
function wide(tier: string, square: number, long: number, short: number): Format[] {
  return [
    { width: square, height: square, ratio: '1:1', tier },
    { width: long, height: short, ratio: '4:3', tier },
    { width: short, height: long, ratio: '3:4', tier },
  ];
}

function at720p(long: number): Format[] {
  return [...shapes(['720p'], ['16:9', '9:16']), ...wide('720p', 960, long, 832)];
}
