import type { AnswerGolden, Goldens } from '../../golden.ts';
import { answers } from './answers.ts';
import { asks } from './asks.ts';
import { refusals } from './refusals.ts';

/** The documented examples, and what the vendor's own client really sends. */
export const goldens: Goldens = { asks, answers: answers as unknown as readonly AnswerGolden[], refusals };
