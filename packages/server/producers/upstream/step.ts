import type { Problem, State, VideoFacts } from '@refreel/core/model';
import type { Account } from '../../accounts/index.ts';
import type { AttemptChange, ClaimedAttempt } from '../../store/index.ts';
import type { Carrier } from './carry-media.ts';
import type { Course } from './course.ts';
import type { Wire } from './wire.ts';

/** What is to be written of an attempt after a step of its way. */
export type Step =
  | { readonly is: 'move'; readonly to: State; readonly change: AttemptChange }
  /** Give it back as it is; what is said of its course is kept. Null: until a person or a cancel wakes it. */
  | { readonly is: 'wait'; readonly seconds: number | null; readonly course?: Course; readonly share?: number };

/** Everything that the steps of one account's attempts work with. */
export interface Sender extends Carrier {
  readonly account: Account;
  readonly wire: Wire;
  /** A path for a file that is not stored yet. */
  readonly newFile: (ending: string) => string;
  /** Looks at a film of unknown origin, in a process of its own. */
  readonly verify: (file: string) => Promise<{ readonly facts: VideoFacts } | { readonly problem: Problem }>;
  readonly limits: SendLimits;
  /** Told where the vendor refuses the account's key in the middle of the way: the attempt stays, and nothing new is sent. */
  readonly onKeyRefused: (why: Problem) => void;
}

export interface SendLimits {
  /** From the first byte of a submit to the last one of its answer. */
  readonly submitSeconds: number;
  readonly lookSeconds: number;
  /** Of one film. */
  readonly filmSeconds: number;
  readonly filmBytes: number;
}

export const defaultSendLimits: SendLimits = {
  // Pictures as text are tens of megabytes; the vendor answers when it has them all.
  submitSeconds: 120,
  lookSeconds: 30,
  filmSeconds: 900,
  // More could not be measured.
  filmBytes: 200 * 1024 * 1024,
};

/** An attempt on its way. */
export type Going = Pick<
  ClaimedAttempt,
  'claim' | 'place' | 'request' | 'dialect' | 'intent' | 'state' | 'createdAt'
> & {
  readonly course: Course;
};

export function moveTo(to: State, change: AttemptChange): Step {
  return { is: 'move', to, change };
}

export function failedStep(billed: 'yes' | 'no' | 'unknown', ...problems: readonly Problem[]): Step {
  return moveTo('failed', { billed, problems });
}
