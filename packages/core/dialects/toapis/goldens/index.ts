import type { AnswerGolden, Goldens } from '../../golden.ts';
import { answers } from './answers.ts';
import { asks } from './asks.ts';
import { refusals } from './refusals.ts';

/** The vendor's documented examples, and what its clients really send. */
export const goldens: Goldens = { asks, answers: answers as unknown as readonly AnswerGolden[], refusals };
