import type { ChildQuestion, ChildReply } from './guarded-child.ts';

/**
 * The child's side of a guarded child: answers questions one after the other, in the order in which they came.
 * A thrown error is a bug of ours: it is sent as text. What a person must mend is part of the answer.
 */
export function answerParent<Question>(
  answer: (question: Question, send: (event: unknown) => void) => Promise<unknown>,
): void {
  let turn: Promise<void> = Promise.resolve();
  const send = (reply: ChildReply) => {
    if (process.connected) process.send?.(reply);
  };
  process.on('message', ({ number, question }: ChildQuestion) => {
    turn = turn.then(async () => {
      try {
        send({ number, answer: await answer(question as Question, (event) => send({ number, event })) });
      } catch (error) {
        send({ number, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    });
  });
  // Without its parent nobody waits for an answer.
  process.on('disconnect', () => process.exit(0));
}
