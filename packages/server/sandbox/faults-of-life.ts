import { type Problem, problem } from '@refreel/core/model';
import { type Fault, type FaultName, readFaultName } from './fault-table.ts';

/** What a fault makes of a generation that was accepted: it never ends, or it ends with a problem. */
export type SpoiltLife = 'stuck' | Problem;

/** What refusals and failures say that were asked for. */
export const askedFor = { en: 'a fault that was asked for', zh: '按要求模拟的故障' } as const;

const lives: Partial<Record<FaultName, SpoiltLife>> = {
  stuck_in_progress: 'stuck',
  failed: problem('vendor_failed', '', { found: askedFor }),
  moderation_blocked_late: problem('moderation_blocked', ''),
};

/** What the faults that are kept with a generation make of its life; undefined where they leave it alone. */
export function spoiltLife(faults: readonly string[]): SpoiltLife | undefined {
  for (const { name } of readKept(faults)) if (lives[name] !== undefined) return lives[name];
  return undefined;
}

/** Whether it fails when its film would have been there, and not before. */
export function failsLate(faults: readonly string[]): boolean {
  const life = spoiltLife(faults);
  return life !== undefined && life !== 'stuck';
}

/** What is kept with a generation. A name of a later version means nothing here. */
export function readKept(faults: readonly string[]): Fault[] {
  return faults.flatMap((text) => readFaultName(text) ?? []);
}
