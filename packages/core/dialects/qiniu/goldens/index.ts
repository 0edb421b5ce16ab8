import type { AnswerGolden, Goldens } from '../../golden.ts';
import { answers } from './answers.ts';
import { asks } from './asks.ts';
import { refusals } from './refusals.ts';

/** The page's examples, and what clients of the original really send. */
export const goldens: Goldens = { asks, answers: answers as unknown as readonly AnswerGolden[], refusals };
