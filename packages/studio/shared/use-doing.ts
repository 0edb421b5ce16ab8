import { useState } from 'react';
import { whyFailed } from './why-failed.ts';

/** Does one thing at a time, and keeps why the last one failed. */
export function useDoing() {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const start = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(whyFailed(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, start };
}
