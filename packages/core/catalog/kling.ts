import type { Card, Format } from '../model/index.ts';
import { choice, countUpTo, fixed, shapes } from './forms.ts';

const page = 'qiniu-video-api';

/** Only the ratio of `size` counts; the default, 720x1280, is upright. */
const ratios = ['9:16', '16:9', '1:1'];

const namedSizes = [
  { width: 720, height: 1280 },
  { width: 1280, height: 720 },
  { width: 720, height: 720 },
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1080 },
];

/** What the three share. */
const common = {
  dialect: 'qiniu',
  prompt: { required: true, most: 2500, negativeMost: null, negative: false, mentions: null, source: page },
  shots: { form: 'text', source: 'ours' },
  // The page's table says 4 for every model, which these refuse; its sample answers 5.
  seconds: choice([5, 10], page),
  watermark: null,
  seed: false,
  count: countUpTo(1, page),
  expand: null,
  // "Outputs are silent"; an edited or guiding video's own sound may be kept all the same.
  audio: fixed(false, 'qiniu-kling-api'),
  price: null,
  typical: [
    { when: { seconds: { from: 5, to: 5 } }, from: 120, to: 300, source: page },
    { when: { seconds: { from: 10, to: 10 } }, from: 300, to: 600, source: page },
  ],
  expiry: { seconds: 7 * 86_400, source: page },
  remix: true,
} satisfies Partial<Card>;

function formats(list: Format[]): Card['formats'] {
  return { list, size: 'ratio', namedSizes, source: page };
}

/** Kling 2: one or two frames and the words between them. */
const framed = {
  inputs: {
    subject: null,
    scene: null,
    image: null,
    video: null,
    startFrame: true,
    endFrame: true,
    framesMatchSize: true,
    source: page,
  },
  media: {
    // "URL of a picture": no types are named for `input_reference` and `image_tail`.
    image: { types: ['image/jpeg', 'image/png', 'image/webp'], source: 'ours' },
    video: null,
    voice: null,
  },
  formats: formats([...shapes(['720p'], ratios, 'std'), ...shapes(['1080p'], ratios, 'pro')]),
  mode: choice(['std', 'pro'], page),
  fps: fixed(24, 'ours'),
} satisfies Partial<Card>;

/** Kling at Qiniu. */
export const klingCards: readonly Card[] = [
  {
    ...common,
    id: 'kling-video-o1',
    name: { en: 'Kling O1', zh: '可灵 O1' },
    method: { en: 'Reference images, frames, or a video to follow or edit', zh: '图片列表、首尾帧，或参考/待编辑视频' },
    bestFor: {
      en: 'The most kinds of reference: images, frames, and one video whose motion or style guides or that is edited',
      zh: '参考方式最全面：图片列表、首尾帧、特征参考视频与视频编辑',
    },
    inputs: {
      // `image_list` knows pictures only: whom or what they show is for the prompt to say.
      subject: { as: 'image', image: 'required', mostAngles: 0, clip: false, voice: false, source: page },
      scene: { as: 'image', mostAngles: 0, source: page },
      image: { source: page },
      video: { uses: ['feature', 'edit'], keepSound: true, voice: false, source: page },
      startFrame: true,
      endFrame: true,
      source: page,
    },
    totals: [
      // Frames are entries of the same list.
      { of: ['subject', 'scene', 'image', 'frame'], most: 4, source: page },
      { of: ['video'], most: 1, source: page },
    ],
    exclusions: [{ one: 'edit', other: 'frame', source: page }],
    media: {
      image: {
        types: ['image/jpeg', 'image/png'],
        mostBytes: 10 * 1_048_576,
        leastSide: 300,
        mostRatio: 2.5,
        source: page,
      },
      video: {
        types: ['video/mp4', 'video/quicktime'],
        mostBytes: 200 * 1_048_576,
        leastSide: 720,
        mostSide: 2160,
        leastSeconds: 3,
        mostSeconds: 10,
        leastFps: 24,
        mostFps: 60,
        source: page,
      },
      voice: null,
    },
    // "All films that it makes are 1080P", whatever the mode.
    formats: formats(shapes(['1080p'], ratios)),
    mode: {
      default: 'pro',
      limits: [
        { oneOf: ['pro'], source: page },
        { oneOf: ['std'], newer: true, source: 'qiniu-kling-api' },
      ],
      source: page,
    },
    // Documented for films from a reference video; taken for all.
    fps: fixed(24, page),
  },
  {
    ...common,
    ...framed,
    id: 'kling-v2-1',
    name: { en: 'Kling V2.1', zh: '可灵 V2.1' },
    method: { en: 'A start frame, an end frame, or both', zh: '首帧、尾帧或首尾帧' },
    bestFor: { en: 'Films from a picture', zh: '高质量图生视频' },
    totals: [{ of: ['frame'], least: 1, source: page }],
  },
  {
    ...common,
    ...framed,
    id: 'kling-v2-5-turbo',
    name: { en: 'Kling V2.5 Turbo', zh: '可灵 V2.5 Turbo' },
    method: { en: 'A start frame, an end frame, or both', zh: '首帧、尾帧或首尾帧' },
    bestFor: { en: 'Quick films between two pictures', zh: '首尾帧之间的快速高质量图生视频' },
    // The newer page also has video to video, with no field that could carry it.
    totals: [{ of: ['frame'], least: 1, newer: { least: 0, source: 'qiniu-kling-api' }, source: page }],
  },
];
