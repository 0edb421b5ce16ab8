import type { Card } from '../model/index.ts';
import { choice, countUpTo, fixed, shapes } from './forms.ts';

const page = 'baicai-video-api';

/** PixVerse at Baicai: named subjects and backgrounds. */
export const pixverseCards: readonly Card[] = [
  {
    id: 'PixVerse-v4.5-MR2V',
    dialect: 'baicai',
    name: { en: 'PixVerse v4.5 MR2V', zh: 'PixVerse v4.5 多参考图生视频' },
    method: { en: 'One to three subjects and backgrounds, called by name', zh: '1–3 个主体或背景，按名称引用' },
    bestFor: {
      en: 'A few named subjects on a background, several films at once',
      zh: '少量命名主体与背景，可一次生成多部',
    },
    // No length is documented.
    prompt: { required: true, most: null, negativeMost: null, negative: true, mentions: 'names', source: page },
    inputs: {
      // Three pictures each: the frontal one and two more.
      subject: { image: 'required', mostAngles: 2, clip: false, voice: false, source: page },
      // "Three for each subject": the same for backgrounds is ours.
      scene: { mostAngles: 2, source: 'ours' },
      // The vendor knows subjects and backgrounds; a picture of free role is more often someone or something than a place.
      image: { as: 'subject', source: 'ours' },
      video: null,
      startFrame: false,
      endFrame: false,
      source: page,
    },
    totals: [{ of: ['subject', 'scene', 'image'], least: 1, most: 3, source: page }],
    media: {
      // The page gives no limits; these are those of the model's maker.
      image: {
        types: ['image/png', 'image/webp', 'image/jpeg'],
        mostBytes: 20 * 1_048_576,
        mostSide: 10_000,
        source: 'pixverse-api',
      },
      video: null,
      voice: null,
    },
    shots: { form: 'text', source: 'ours' },
    seconds: {
      // The vendor wants it said; 5 is its example.
      default: 5,
      limits: [
        { when: { tier: ['360p', '540p', '720p'] }, oneOf: [5, 8], source: page },
        { when: { tier: ['1080p'] }, oneOf: [5], source: page },
      ],
      source: page,
    },
    formats: {
      // The tier too must be said; 720p is the page's example. The ratio is that of the first picture: 16:9 stands for one not yet measured.
      list: shapes(['720p', '360p', '540p', '1080p'], ['16:9']),
      size: 'ratio',
      follows: ['firstPicture'],
      source: page,
    },
    mode: null,
    fps: fixed(24, 'ours'),
    audio: fixed(false, 'ours'),
    watermark: null,
    seed: false,
    count: countUpTo(4, page),
    expand: choice([false, true], page),
    price: null,
    typical: [],
    expiry: { seconds: 86_400, source: 'ours' },
    remix: false,
  },
];
