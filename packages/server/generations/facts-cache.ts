import { mediaOfRequest } from '@refreel/core/model';
import type { WholeGeneration } from '../store/index.ts';
import { assetHash } from './asset-hash.ts';
import type { Caller, GenerationFacts, Generations } from './service.ts';

/** Generations that are looked at again and again until they have ended: enough for all that are under way at a time. */
const mostKept = 2000;

/** What generations were settled to, by generation. */
export interface KnownFacts {
  /** As `Generations.facts`. */
  readonly facts: Generations['facts'];
  /** Says what one was settled to that was accepted just now. */
  remember(caller: Caller, settled: GenerationFacts): void;
}

/**
 * Remembers what generations were settled to: a look need not check the request anew. Only of those whose media are all stored, and whose
 * request therefore does not change any more.
 */
export function rememberFacts(settle: Generations['facts'], most = mostKept): KnownFacts {
  const known = new Map<string, Omit<GenerationFacts, 'generation'>>();
  const remember: KnownFacts['remember'] = (caller, { generation, film, inputSeconds }) => {
    if (!isSettled(generation)) return;
    if (known.size >= most) known.delete(known.keys().next().value!);
    known.set(keyOf(caller, generation), { film, inputSeconds });
  };
  return {
    remember,
    async facts(caller, generation) {
      const found = isSettled(generation) ? known.get(keyOf(caller, generation)) : undefined;
      if (found !== undefined) return { generation, ...found };
      const settled = await settle(caller, generation);
      remember(caller, settled);
      return settled;
    },
  };
}

function isSettled({ attempts, request }: WholeGeneration): boolean {
  return (
    attempts[0]?.state !== 'preparing' && mediaOfRequest(request).every(({ media }) => assetHash(media) !== undefined)
  );
}

function keyOf({ workspace }: Caller, { id }: WholeGeneration): string {
  return `${workspace} ${id}`;
}
