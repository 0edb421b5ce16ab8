import { type GuardedFetch, isRefusal } from './fetch/index.ts';

/** The same guard, which tells why it refused what it refused: at its text, or on the way. */
export function watchedFetch(fetch: GuardedFetch, onRefusal: (code: string) => void): GuardedFetch {
  return {
    ...fetch,
    async download(...asked) {
      const result = await fetch.download(...asked);
      if (isRefusal(result)) onRefusal(result.code);
      return result;
    },
    async downloadPaid(...asked) {
      const result = await fetch.downloadPaid(...asked);
      if (isRefusal(result)) onRefusal(result.code);
      return result;
    },
    async post(...asked) {
      const result = await fetch.post(...asked);
      if (isRefusal(result)) onRefusal(result.code);
      return result;
    },
    inspect(url) {
      const refusal = fetch.inspect(url);
      if (refusal !== undefined) onRefusal(refusal.code);
      return refusal;
    },
  };
}
