import type { Card, Setting } from '../model/index.ts';
import { choice, countUpTo, fixed } from './forms.ts';
import type { SourceKey } from './sources.ts';

/** The longest film, and the sides and rates that a film may have: no page of the engines gives any, so that these are what can be drafted. */
const longest = 60;
const sides = { from: 64, to: 4096 };
const mostFps = 60;

/** A film on hardware of one's own costs nothing that anybody charges. */
const own = { en: 'Your own server', zh: '自有服务器' };
const price: Card['price'] = { currency: 'USD', rates: [{ micros: 0, label: own, source: 'ours' }], source: 'ours' };

function upTo(most: number, usual: number, source: SourceKey): Setting {
  return { default: usual, limits: [{ from: 1, to: most, whole: true, source: 'ours' }], source };
}

type Common =
  | 'prompt'
  | 'totals'
  | 'shots'
  | 'formats'
  | 'mode'
  | 'watermark'
  | 'count'
  | 'expand'
  | 'price'
  | 'typical';

function common(source: SourceKey): Pick<Card, Common | 'seed' | 'expiry' | 'remix'> {
  return {
    prompt: { required: true, most: null, negativeMost: null, negative: true, mentions: null, source },
    // One file.
    totals: [{ of: ['picture', 'footage'], most: 1, source }],
    shots: { form: 'text', source: 'ours' },
    // "WIDTHxHEIGHT".
    formats: { list: [], size: 'pixels', anySide: sides, source },
    mode: null,
    watermark: null,
    seed: true,
    count: countUpTo(1, source),
    expand: null,
    price,
    typical: [],
    // Until the server is started again.
    expiry: { seconds: null, source: 'ours' },
    remix: false,
  };
}

/**
 * What the wire of an engine takes, whichever model its owner runs on it ("one model a server"). A model that takes less is the owner's to
 * say, by a card of the account.
 */
export const engineCards: readonly Card[] = [
  {
    ...common('vllm-omni-videos'),
    id: 'vllm',
    dialect: 'vllm',
    name: { en: 'Own server (vLLM-Omni)', zh: '自有服务器（vLLM-Omni）' },
    method: { en: 'Text, a start frame, or a film to go on from', zh: '文生视频、首帧图像，或参考视频' },
    bestFor: { en: 'A model that you run yourself', zh: '自行部署的模型' },
    inputs: {
      subject: null,
      scene: null,
      image: null,
      // "Continue this motion with consistent subjects and lighting": video-to-video.
      video: { uses: ['feature'], keepSound: false, voice: false, source: 'vllm-omni-videos' },
      startFrame: true,
      endFrame: false,
      source: 'vllm-omni-videos',
    },
    media: {
      // 512 MiB a file; which types it decodes is not said.
      image: {
        types: ['image/png', 'image/jpeg', 'image/webp'],
        mostBytes: 512 * 1_048_576,
        source: 'vllm-omni-videos',
      },
      video: {
        types: ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-matroska'],
        mostBytes: 512 * 1_048_576,
        source: 'vllm-omni-videos',
      },
      voice: null,
    },
    // "^[1-9]\d*$", and "4" where it is not said.
    seconds: upTo(longest, 4, 'vllm-omni-protocol'),
    // DEFAULT_FPS.
    fps: upTo(mostFps, 24, 'vllm-omni-protocol'),
    audio: choice([false, true], 'vllm-omni-protocol'),
  },
  {
    ...common('sglang-protocol'),
    id: 'sglang',
    dialect: 'sglang',
    name: { en: 'Own server (SGLang)', zh: '自有服务器（SGLang）' },
    method: { en: 'Text, or a start frame', zh: '文生视频，或首帧图像' },
    bestFor: { en: 'A model that you run yourself', zh: '自行部署的模型' },
    inputs: {
      ...{ subject: null, scene: null, image: null, video: null },
      startFrame: true,
      endFrame: false,
      source: 'sglang-videos',
    },
    media: {
      // Types are not said.
      image: { types: ['image/png', 'image/jpeg', 'image/webp'], source: 'ours' },
      video: null,
      voice: null,
    },
    seconds: upTo(longest, 4, 'sglang-protocol'),
    // fps_default.
    fps: upTo(mostFps, 24, 'sglang-videos'),
    // No field for it.
    audio: fixed(false, 'ours'),
  },
];

/** The card of a model on an engine that somebody runs, by the owner's own name of it; undefined for dialects of vendors. */
export function cardOnEngine(dialect: string, model: string): Card | undefined {
  const card = engineCards.find((one) => one.dialect === dialect);
  if (card === undefined || model === card.id) return card;
  return { ...card, id: model, name: { en: model, zh: model } };
}
