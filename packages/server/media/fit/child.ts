import { answerParent } from '../../processes/answer-parent.ts';
import { MediaRefused } from '../refusal.ts';
import type { FitAnswer, FitQuestion } from './questions.ts';

// The process in which a medium is made to fit. It has no environment, a folder of its own, and may die.

answerParent<FitQuestion>(async ({ file, into, to }): Promise<FitAnswer> => {
  try {
    // Each brings a library of its own, which the others do not need.
    if (to.kind === 'image') await (await import('./fit-picture.ts')).fitPicture(file, into, to);
    else if (to.kind === 'video') await (await import('./fit-film.ts')).fitFilm(file, into, to);
    else await (await import('./fit-sound.ts')).fitSound(file, into, to);
    return { ok: true };
  } catch (error) {
    if (error instanceof MediaRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
});
