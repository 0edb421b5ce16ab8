import type { Card } from '../model/index.ts';
import { choice, countUpTo } from './forms.ts';

const ours = 'ours';

/** What Refreel draws itself: it takes whatever any vendor's model takes, so that every request can be seen before it is paid for. */
export const animaticCards: readonly Card[] = [
  {
    id: 'animatic',
    dialect: 'native',
    offline: true,
    name: { en: 'Animatic', zh: '动态分镜' },
    method: { en: 'A storyboard film from your own pictures', zh: '用您的素材直接绘制分镜影片' },
    bestFor: { en: 'Seeing the film before paying for it', zh: '付费生成前先看效果' },
    prompt: { required: true, most: 20_000, negativeMost: 20_000, negative: true, mentions: 'any', source: ours },
    inputs: {
      subject: { image: 'optional', mostAngles: 3, clip: true, voice: true, source: ours },
      scene: { mostAngles: 3, source: ours },
      image: { source: ours },
      video: { uses: ['subject', 'feature', 'edit'], keepSound: true, voice: true, source: ours },
      startFrame: true,
      endFrame: true,
      source: ours,
    },
    totals: [{ of: ['reference'], most: 16, source: ours }],
    media: {
      image: { types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp'], source: ours },
      video: { types: ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'], source: ours },
      voice: { types: ['audio/wav', 'audio/mpeg'], source: ours },
    },
    shots: { form: 'own', most: 30, source: ours },
    seconds: { default: 5, limits: [{ from: 1, to: 60, source: ours }], source: ours },
    // Ratio 16:9 and tier 720p unless asked otherwise.
    formats: { list: [], size: 'pixels', anySide: { from: 64, to: 4096 }, source: ours },
    mode: null,
    fps: {
      default: 24,
      limits: [{ from: 1, to: 60, whole: true, oneOf: [23.976, 29.97, 59.94], source: ours }],
      source: ours,
    },
    // A film with lines wants to be heard, and its sound costs nothing.
    audio: choice([true, false], ours),
    watermark: choice([false, true], ours),
    seed: true,
    count: countUpTo(4, ours),
    expand: choice([false, true], ours),
    price: { currency: 'USD', rates: [{ micros: 0, source: ours }], source: ours },
    // Seconds rather than minutes: how many depends on the machine.
    typical: [],
    expiry: { seconds: null, source: ours },
    // A remix is a new drawing of what the source inherits.
    remix: true,
  },
];
