import { RefreelError } from '@refreel/sdk';
import { translator } from '../words/words.ts';

/** Why something could not be done, in the person's language as far as it is known: a server that is away says nothing itself. */
export function whyFailed(error: unknown): string {
  if (error instanceof RefreelError && error.kind === 'no answer') return translator()('shell.noAnswer');
  return error instanceof Error ? error.message : String(error);
}
