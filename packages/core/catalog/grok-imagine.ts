import type { Card } from '../model/index.ts';
import { choice, countUpTo, fixed, micros, shapes } from './forms.ts';

const guide = 'venice-reference-guide';

/** Grok Imagine at Venice: a flat list of pictures. */
export const grokImagineCards: readonly Card[] = [
  {
    id: 'grok-imagine-reference-to-video',
    dialect: 'venice',
    name: { en: 'Grok Imagine R2V', zh: 'Grok Imagine R2V' },
    method: { en: 'Flat reference images', zh: '扁平参考图像' },
    bestFor: { en: 'Quick reference-driven films from up to 7 images', zh: '使用最多 7 张图像的快速参考驱动生成' },
    prompt: {
      required: true,
      // The specification: 20,000 at most, "per model, usually 2500".
      most: 2500,
      negativeMost: null,
      // The guide's table of parameters is whole and has none.
      negative: false,
      mentions: 'venice-images',
      source: 'venice-api-spec',
    },
    inputs: {
      subject: { as: 'image', image: 'required', mostAngles: 0, clip: false, voice: false, source: guide },
      scene: { as: 'image', mostAngles: 0, source: guide },
      image: { source: guide },
      video: null,
      startFrame: false,
      endFrame: false,
      source: guide,
    },
    totals: [{ of: ['subject', 'scene', 'image'], least: 1, most: 7, source: guide }],
    media: {
      image: { types: ['image/png', 'image/jpeg', 'image/webp'], source: 'ours' },
      video: null,
      voice: null,
    },
    // "No audio, no multi-shot, no Elements": several shots are refused, not written as text.
    shots: { form: 'text', most: 1, source: guide },
    seconds: choice([8, 5, 10], guide),
    formats: {
      list: shapes(['480p', '720p'], ['16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16']),
      size: 'ratio',
      source: guide,
    },
    mode: null,
    fps: fixed(24, 'ours'),
    audio: fixed(false, guide),
    watermark: null,
    seed: false,
    count: countUpTo(1, guide),
    expand: null,
    price: {
      currency: 'USD',
      rates: [
        { when: { tier: ['480p'] }, micros: micros(0.063), source: guide },
        { when: { tier: ['720p'] }, micros: micros(0.088), source: guide },
      ],
      approximate: true,
      refusedIsCharged: true,
      source: guide,
    },
    typical: [],
    expiry: { seconds: 86_400, source: 'ours' },
    remix: false,
  },
];
