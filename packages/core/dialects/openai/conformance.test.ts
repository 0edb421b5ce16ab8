import { conforms } from '../conformance.suite.ts';
import { goldens } from './goldens/index.ts';
import { openai } from './index.ts';
import { engineCard, soraCard } from './test-cards.suite.ts';

conforms(openai, goldens, {
  headers: { 'content-type': 'application/json' },
  cards: [soraCard, engineCard],
  runs: 1000,
});
