import { cardOf } from '../../catalog/check-samples.ts';
import type { Card } from '../../model/index.ts';

const source = 'ours';

/** A model as somebody runs it on an engine of this shape: any size, seed, words to avoid, frames a second, sound if it is asked for. */
export const engineCard: Card = {
  ...cardOf('sora-2'),
  id: 'wan-at-home',
  dialect: 'openai',
  prompt: { required: true, most: null, negativeMost: null, negative: true, mentions: null, source },
  inputs: { ...cardOf('sora-2').inputs, framesMatchSize: false },
  seconds: { default: 4, limits: [{ from: 1, to: 20, source }], source },
  fps: { default: 24, limits: [{ from: 8, to: 60, source }], source },
  audio: { default: false, limits: [{ oneOf: [true, false], source }], source },
  seed: true,
  remix: false,
};

/** The model that OpenAI calls so, for the laws: it is asked for as this dialect asks. */
export const soraCard: Card = { ...cardOf('sora-2'), dialect: 'openai' };
