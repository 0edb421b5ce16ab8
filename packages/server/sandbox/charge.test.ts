import { findCard, quote } from '@refreel/core/catalog';
import { check, noFacts, type Request, type State } from '@refreel/core/model';
import { expect, test } from 'vitest';
import type { Attempt } from '../store/index.ts';
import { chargeOf } from './charge.ts';

const picture = 'https://media.example/cup.png';
const clip = 'https://media.example/cup.mp4';

const facts = {
  ...noFacts,
  media: {
    [clip]: {
      ...{ kind: 'video', mediaType: 'video/mp4', bytes: 1_000_000, sha256: 'c'.repeat(64), seconds: 3 },
      ...{ width: 1280, height: 720, fps: 24, codec: 'h264', sound: false },
    } as never,
  },
};

const requests: Record<string, Request> = {
  grok480: {
    model: 'grok-imagine-reference-to-video',
    references: [{ kind: 'image', id: 'r1', name: 'cup', image: picture }],
    shots: [{ prompt: [{ mention: 'r1' }, ' steams.'], seconds: 8 }],
    tier: '480p',
  },
  kling: {
    model: 'kling-o3-standard-reference-to-video',
    references: [{ kind: 'subject', id: 'r1', name: 'cup', image: picture }],
    shots: [{ prompt: [{ mention: 'r1' }, ' steams.'], seconds: 5 }],
    audio: false,
  },
  wanClip: {
    model: 'wan2.7-r2v',
    references: [{ kind: 'video', id: 'r1', name: 'cup', video: clip, use: 'subject' }],
    shots: [{ prompt: [{ mention: 'r1' }, ' steams.'], seconds: 5 }],
    tier: '720p',
  },
  sora: { model: 'sora-2', references: [], shots: [{ prompt: ['Rain.'], seconds: 4 }] },
};
requests.klingSound = { ...requests.kling!, audio: true };

function charged(name: string, states: readonly State[], problems: Attempt['problems'] = []) {
  const request = requests[name]!;
  const card = findCard(request.model)!;
  const checked = check(request, card, facts);
  if (checked.film === undefined) throw new Error(JSON.stringify(checked.problems));
  const attempts = states.map((state) => ({ state, problems }) as unknown as Attempt);
  // Each attempt of several is a film of its own in the quote.
  const film = { ...checked.film, attempts: states.length };
  const quoted = quote(request, card, film, facts);
  const order: State[] = ['running', 'done', 'failed', 'cancelled'];
  const state = order.find((one) => states.includes(one))!;
  const { amount, reason } = chargeOf({ model: request.model, state, quote: quoted, attempts });
  return `${reason} ${amount === null ? '-' : `${amount.micros} ${amount.currency}`}`;
}
const blocked: Attempt['problems'] = [{ code: 'moderation_blocked', path: '', values: {} }];
const broken: Attempt['problems'] = [{ code: 'vendor_failed', path: '', values: {} }];

test.each([
  // Venice's guide: 8 s at 0.063 $ a second are 0.504.
  ['grok480', ['done'], [], 'made 504000 USD'],
  ['grok480', ['failed'], blocked, 'refused_is_charged 504000 USD'],
  ['grok480', ['failed'], broken, 'not_made 0 USD'],
  ['grok480', ['cancelled'], [], 'not_made 0 USD'],
  ['grok480', ['running'], [], 'unsettled -'],
  // 5 s at 0.112, with sound at 0.14.
  ['kling', ['done'], [], 'made 560000 USD'],
  ['klingSound', ['done'], [], 'made 700000 USD'],
  ['kling', ['failed'], blocked, 'not_made 0 USD'],
  ['kling', ['done', 'failed'], broken, 'made_in_part 560000 USD'],
  ['kling', ['done', 'done'], [], 'made 1120000 USD'],
  // 5 s of film and 3 s of input video at 0.6 ¥.
  ['wanClip', ['done'], [], 'made 4800000 CNY'],
  ['wanClip', ['failed'], blocked, 'not_made 0 CNY'],
  // No document has a price: that is not 0.
  ['sora', ['done'], [], 'price_unknown -'],
  ['sora', ['failed'], broken, 'not_made -'],
] as const)('%s %j %j: %s', (name, states, problems, expected) => {
  expect(charged(name, states, problems)).toBe(expected);
});
