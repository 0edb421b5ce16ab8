import type { Goldens } from '../../golden.ts';
import { answers } from './answers.ts';
import { asks } from './asks.ts';
import { refusals } from './refusals.ts';

/** The vendor's documented examples. */
export const goldens: Goldens = { asks, answers, refusals };
