import type { ChildQuestion, ChildReply } from './guarded-child.ts';

/** How a child answers. */
export interface AnswerOptions {
  /** Questions that are worked on at the same time; default 1. */
  readonly atOnce?: number;
  /** Tidies up when the parent is gone; the process ends then. */
  readonly orphaned?: () => void;
}

/**
 * The child's side of a guarded child: takes up questions in the order in which they came.
 * A thrown error is a bug of ours: it is sent as text. What a person must mend is part of the answer.
 */
export function answerParent<Question>(
  answer: (question: Question, send: (event: unknown) => void) => Promise<unknown>,
  { atOnce = 1, orphaned }: AnswerOptions = {},
): void {
  const waiting: ChildQuestion[] = [];
  let working = 0;
  // A parent that is gone is told by 'disconnect', which tidies up; unheard, a pipe that breaks before would end the process untidied.
  const send = (reply: ChildReply) => process.send?.(reply, () => {});
  const work = async ({ number, question }: ChildQuestion) => {
    try {
      send({ number, answer: await answer(question as Question, (event) => send({ number, event })) });
    } catch (error) {
      send({ number, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    working -= 1;
    takeUp();
  };
  const takeUp = () => {
    while (working < atOnce && waiting.length > 0) {
      working += 1;
      void work(waiting.shift()!);
    }
  };
  process.on('message', (asked: ChildQuestion) => {
    waiting.push(asked);
    takeUp();
  });
  // Without its parent nobody waits for an answer.
  process.on('disconnect', () => {
    orphaned?.();
    process.exit(0);
  });
  // Ctrl-C reaches every process of a terminal; what becomes of this one is for the parent to say.
  process.on('SIGINT', () => {});
}
