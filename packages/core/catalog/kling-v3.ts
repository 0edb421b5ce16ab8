import type { Card } from '../model/index.ts';
import { choice, countUpTo, fixed, shapes } from './forms.ts';

const page = 'toapis-kling-v3';

/** "Common values" of the page. */
const ratios = ['16:9', '9:16', '1:1'];

/** Kling v3 at ToAPIs: reference images and explicit frames, mixed as one likes. */
export const klingV3Cards: readonly Card[] = [
  {
    id: 'kling-v3',
    dialect: 'toapis',
    name: { en: 'Kling v3', zh: 'Kling v3' },
    method: { en: 'Reference images and frames, also together', zh: '普通参考图与首尾帧，可混合' },
    bestFor: {
      en: 'A consistent character between two frames; sound on request',
      zh: '保持角色一致的首尾帧过渡；可选有声',
    },
    // No length is documented.
    prompt: { required: true, most: null, negativeMost: null, negative: true, mentions: null, source: page },
    inputs: {
      // The page knows reference images and frames, and no roles beside them.
      subject: { as: 'image', image: 'required', mostAngles: 0, clip: false, voice: false, source: page },
      scene: { as: 'image', mostAngles: 0, source: page },
      image: { source: page },
      video: null,
      startFrame: true,
      endFrame: true,
      source: page,
    },
    // How many images it takes is not documented.
    totals: [],
    media: {
      image: {
        types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
        mostBytes: 10 * 1_048_576,
        source: 'toapis-upload',
      },
      video: null,
      voice: null,
    },
    shots: { form: 'text', source: 'ours' },
    seconds: {
      default: 5,
      limits: [
        { when: { lacks: ['picture'] }, oneOf: [5, 10, 15], source: page },
        { when: { has: ['picture'] }, oneOf: [5, 10], source: page },
      ],
      source: page,
    },
    formats: {
      list: [...shapes(['720p'], ratios, 'std'), ...shapes(['1080p'], ratios, 'pro')],
      size: 'ratio',
      source: page,
    },
    mode: choice(['std', 'pro'], page),
    fps: fixed(24, 'ours'),
    audio: choice([false, true], page),
    // A field without a documented default.
    watermark: choice([false, true], 'ours'),
    seed: false,
    count: countUpTo(1, page),
    expand: null,
    price: {
      // "Billed at the Sound price": that there are two rates is documented, neither rate is, nor the currency.
      currency: 'USD',
      rates: [
        { when: { audio: true }, micros: null, label: { en: 'Film with sound', zh: '有声影片' }, source: page },
        { micros: null, label: { en: 'Film without sound', zh: '无声影片' }, source: page },
      ],
      source: page,
    },
    typical: [],
    expiry: { seconds: 86_400, source: 'toapis-status' },
    remix: false,
  },
];
