import type { Request } from '@refreel/core/model';
import { RefreelError, type ShownProblem } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useOpenProject } from '../../document/open-project.ts';
import { useRefreel } from '../../server/client.ts';
import { showGeneration } from '../../server/generations.ts';
import { whyFailed } from '../../shared/why-failed.ts';

/** What the server said no to. */
export type Refusal = Pick<ShownProblem, 'message' | 'remedy'>;

/** Has the server make a request, and shows it in the queue. */
export function useSend() {
  const refreel = useRefreel();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  return {
    busy,
    refused,
    /** True once it is accepted. */
    async send(request: Request, region?: string): Promise<boolean> {
      setBusy(true);
      setRefused([]);
      try {
        const { id: project } = useOpenProject.getState();
        const where = { project, ...(region !== undefined && { region }) };
        showGeneration(queries, await refreel.generations.create(request, where));
        return true;
      } catch (error) {
        const told = error instanceof RefreelError ? error.problems : [];
        setRefused(told.length > 0 ? told : [{ message: whyFailed(error), remedy: '' }]);
        if (error instanceof RefreelError && error.status === 401)
          await queries.invalidateQueries({ queryKey: ['session'] });
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
