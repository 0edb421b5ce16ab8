import { answerParent } from '../../processes/answer-parent.ts';
import { openAtelier } from './atelier.ts';
import type { Question } from './questions.ts';

// The process in which untrusted media are decoded and films are made. It has no environment, a folder of its own, and may die.
const atelier = openAtelier();
answerParent<Question>((question, send) =>
  question.ask === 'measure' ? atelier.measure(question.file) : atelier.render(question, send),
);
