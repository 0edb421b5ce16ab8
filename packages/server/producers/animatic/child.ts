import { rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { answerParent } from '../../processes/answer-parent.ts';
import { measuredAtOnce, type Question } from './questions.ts';

// The process in which untrusted media are decoded and films are made. It has no environment, a folder of its own, and may die.

const loading = import('./atelier.ts').then(({ openAtelier }) => openAtelier());
// It is killed when it is done, which writes no cache: what was compiled is kept as soon as it is loaded.
void loading.then(() => flushCompileCache());

/** What nobody would tidy up if the parent died now. */
let unfinished = [process.cwd()];

answerParent<Question>(
  async (question, send) => {
    const atelier = await loading;
    if (question.ask === 'measure') return atelier.measure(question.file);
    if (question.ask === 'cut') return atelier.cut(question.file);
    if (question.ask === 'prepare') return atelier.prepare();
    unfinished = [process.cwd(), question.file];
    const answer = await atelier.render(question, send);
    unfinished = [process.cwd()];
    return answer;
  },
  {
    // Preparing waits for no medium.
    atOnce: measuredAtOnce + 1,
    orphaned() {
      for (const path of unfinished) rmSync(path, { recursive: true, force: true });
    },
  },
);
