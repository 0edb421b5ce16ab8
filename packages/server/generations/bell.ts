import type { WorkspaceId } from '../store/index.ts';

/**
 * Tells those who wait that something of a workspace changed. What other processes change is not heard here, so whoever waits also looks by
 * itself now and then.
 */
export interface Bell {
  ring(workspace: WorkspaceId): void;
  /** Listens from now on; resolves at the next ring, after the milliseconds, or when the signal is aborted. */
  heard(workspace: WorkspaceId, milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Lets everybody go who waits. */
  close(): void;
}

export function openBell(): Bell {
  const waiting = new Map<WorkspaceId, Set<() => void>>();
  const ring = (workspace: WorkspaceId) => {
    for (const wake of [...(waiting.get(workspace) ?? [])]) wake();
  };
  return {
    ring,
    heard(workspace, milliseconds, signal) {
      return new Promise((resolve) => {
        const all = waiting.get(workspace) ?? new Set();
        waiting.set(workspace, all);
        const wake = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          all.delete(wake);
          if (all.size === 0 && waiting.get(workspace) === all) waiting.delete(workspace);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        all.add(wake);
        signal?.addEventListener('abort', wake);
        if (signal?.aborted) wake();
      });
    },
    close() {
      for (const workspace of [...waiting.keys()]) ring(workspace);
    },
  };
}
