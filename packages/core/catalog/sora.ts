import type { Card } from '../model/index.ts';
import { choice, countUpTo, fixed } from './forms.ts';

const page = 'qiniu-video-api';

/** Sora 2 at Qiniu: text, or one picture that the film starts from. */
export const soraCards: readonly Card[] = [
  {
    id: 'sora-2',
    dialect: 'qiniu',
    name: { en: 'Sora 2', zh: 'Sora 2' },
    method: { en: 'Text, or a start frame', zh: '文生视频，或参考图作为首帧' },
    bestFor: { en: 'Films from text or one picture; variations by remix', zh: '文生视频、单图生视频，以及 Remix 变体' },
    prompt: { required: true, most: 2500, negativeMost: null, negative: false, mentions: null, source: page },
    inputs: {
      subject: null,
      scene: null,
      image: null,
      video: null,
      // `input_reference`: one picture of exactly the film's size.
      startFrame: true,
      endFrame: false,
      framesMatchSize: true,
      source: page,
    },
    totals: [],
    media: {
      // "URL of a picture": no types are named.
      image: { types: ['image/jpeg', 'image/png', 'image/webp'], source: 'ours' },
      video: null,
      voice: null,
    },
    shots: { form: 'text', source: 'ours' },
    seconds: choice([4, 8, 12], page),
    formats: {
      list: [
        { width: 720, height: 1280, ratio: '9:16', tier: '720p' },
        { width: 1280, height: 720, ratio: '16:9', tier: '720p' },
      ],
      size: 'pixels',
      source: page,
    },
    mode: null,
    fps: fixed(24, 'ours'),
    // The page speaks of no sound and has no field for it, so none is promised.
    audio: fixed(false, 'ours'),
    watermark: null,
    seed: false,
    count: countUpTo(1, page),
    expand: null,
    price: null,
    typical: [
      { when: { seconds: { from: 4, to: 4 } }, from: 120, to: 300, source: page },
      { when: { seconds: { from: 8, to: 8 } }, from: 300, to: 600, source: page },
      { when: { seconds: { from: 12, to: 12 } }, from: 600, to: 900, source: page },
    ],
    expiry: { seconds: 7 * 86_400, source: page },
    remix: true,
  },
];
