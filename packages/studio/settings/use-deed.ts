import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { whyFailed } from '../shared/why-failed.ts';

/** Does one thing after another, says why one could not be done, and has lists read again. */
export function useDeed(...refreshed: readonly string[]) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const run = async (deed: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await deed();
      return true;
    } catch (error) {
      setFailure(whyFailed(error));
      return false;
    } finally {
      setBusy(false);
      await Promise.all(refreshed.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    }
  };
  return { busy, failure, run };
}
