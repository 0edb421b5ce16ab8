import type { Card } from '../model/index.ts';
import { countUpTo, fixed, micros, shapes } from './forms.ts';

const guide = 'venice-reference-guide';

const visualInputs = ['startFrame', 'subject', 'scene', 'image'] as const;

/** The guide's table of limits. An element counts one, however many angles it has: so the guide's own sums. */
function totals(mostElements: number, source: 'venice-reference-guide' | 'venice-api-spec'): Card['totals'] {
  return [
    // An end frame alone is no visual input.
    { of: [...visualInputs], least: 1, source: guide },
    { of: ['frame', 'subject', 'scene', 'image'], most: 7, source: guide },
    { of: ['subject'], most: mostElements, when: { lacks: ['frame'] }, source },
    { of: ['subject'], most: 3, when: { has: ['frame'] }, source: guide },
    { of: ['scene', 'image'], most: 4, source: guide },
  ];
}

type Differences = Pick<Card, 'id' | 'name' | 'bestFor' | 'typical'> & { readonly tier: string };

function klingO3({ tier, ...differences }: Differences): Card {
  return {
    ...differences,
    dialect: 'venice',
    method: { en: 'Elements and scene images', zh: 'Elements + 场景图像' },
    prompt: {
      required: true,
      // The specification: 20,000 at most, "per model, usually 2500".
      most: 2500,
      negativeMost: 2500,
      negative: true,
      mentions: 'venice-elements',
      source: 'venice-api-spec',
    },
    inputs: {
      // The clip (`video_url`) exists in the API only, not in the vendor's studio.
      subject: { image: 'required', mostAngles: 3, clip: true, voice: false, source: guide },
      scene: { mostAngles: 0, source: guide },
      // The vendor calls a scene @Image1 and knows no picture of free role: that is the nearest.
      image: { as: 'scene', source: 'ours' },
      video: null,
      startFrame: true,
      endFrame: true,
      source: guide,
    },
    totals: totals(7, guide),
    media: {
      // The guide names no types. A third party saw pictures under 300 x 300 refused; no document says it, so it is no limit here.
      image: { types: ['image/png', 'image/jpeg', 'image/webp'], source: 'ours' },
      video: { types: ['video/mp4', 'video/quicktime', 'video/webm'], source: 'venice-api-spec' },
      voice: null,
    },
    shots: { form: 'shot-list', each: { from: 3, to: 15 }, source: guide },
    seconds: { default: 5, limits: [{ from: 3, to: 15, whole: true, source: guide }], source: guide },
    // The guide offers ratios only; the tier of each model is ours.
    formats: { list: shapes([tier], ['16:9', '9:16', '1:1']), size: 'ratio', source: guide },
    mode: null,
    fps: fixed(24, 'ours'),
    audio: { default: false, vendorDefault: true, limits: [{ oneOf: [true, false], source: guide }], source: guide },
    watermark: null,
    seed: false,
    count: countUpTo(1, guide),
    expand: null,
    price: {
      currency: 'USD',
      rates: [
        {
          when: { audio: true },
          micros: micros(0.14),
          label: { en: 'Film with sound', zh: '有声影片' },
          source: guide,
        },
        { micros: micros(0.112), label: { en: 'Film without sound', zh: '无声影片' }, source: guide },
      ],
      source: guide,
    },
    expiry: { seconds: 86_400, source: 'ours' },
    remix: false,
    newest: { totals: totals(4, 'venice-api-spec'), source: 'venice-api-spec' },
  };
}

/** Kling O3 at Venice: subjects as elements, places as scene images. */
export const klingO3Cards: readonly Card[] = [
  klingO3({
    id: 'kling-o3-pro-reference-to-video',
    name: { en: 'Kling O3 Pro R2V', zh: 'Kling O3 Pro R2V' },
    bestFor: {
      en: 'Complex scenes of several characters that need exact control of identity',
      zh: '需要精确身份控制的复杂多角色场景',
    },
    tier: '1080p',
    // "about 6 minutes"
    typical: [{ from: 360, to: 360, source: guide }],
  }),
  klingO3({
    id: 'kling-o3-standard-reference-to-video',
    name: { en: 'Kling O3 Standard R2V', zh: 'Kling O3 Standard R2V' },
    bestFor: { en: 'Faster iteration on scenes of elements', zh: '基于元素场景的更快迭代' },
    tier: '720p',
    typical: [{ from: 240, to: 360, source: guide }],
  }),
];
