import { cardOnEngine } from '../../catalog/index.ts';
import type { Card } from '../../model/index.ts';
import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { sglang } from './index.ts';

const card = cardOnEngine(sglang.id, sglang.id)!;
const inputs = { ...card.inputs, video: null };

/** A start frame or nothing; and a model of somebody who reads the picture as a reference. */
const cards: readonly Card[] = [
  card,
  { ...card, id: 'frames-only', inputs },
  { ...card, id: 'of-a-picture', inputs: { ...inputs, startFrame: false, image: { source: 'ours' } } },
];

conforms(sglang, goldens, {
  headers: { 'content-type': 'application/json' },
  cards,
  runs: 1000,
  // It takes one medium: of several most would be refused.
  narrow({ startFrame, references, ...request }) {
    const [first] = references;
    return {
      ...request,
      references: first === undefined ? [] : [first],
      ...(first === undefined && startFrame !== undefined && { startFrame }),
    };
  },
});
