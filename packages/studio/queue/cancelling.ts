import { stateTable } from '@refreel/core/model';
import type { Generation, Refreel } from '@refreel/sdk';
import type { QueryClient } from '@tanstack/react-query';
import { showGeneration } from '../server/generations.ts';

/** Whether a vendor may charge for it although it is cancelled now. */
export function mayStillCost({ attempts }: Generation): boolean {
  return attempts.some(({ producer, state }) => producer === 'upstream' && stateTable[state].billable);
}

/** Cancels a generation and shows what became of it. */
export async function cancelOne(refreel: Refreel, queries: QueryClient, id: string): Promise<void> {
  await refreel.generations.cancel(id);
  showGeneration(queries, await refreel.generations.get(id));
}
