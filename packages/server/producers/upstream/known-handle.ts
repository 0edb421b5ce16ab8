import type { GenerationView, Json } from '@refreel/core/dialects';
import type { Request } from '@refreel/core/model';
import { type Account, vendorModel } from '../../accounts/index.ts';
import { contextOf } from './compose.ts';
import { defaultSendLimits } from './step.ts';
import { openWire } from './wire.ts';

/**
 * The voyage's handle of a generation that a person found at the vendor by its id: the dialect writes the acceptance that we never saw, and reads
 * it. Undefined where it makes no handle of that.
 */
export function handleOfId(account: Account, id: string, request: Request): Json | undefined {
  const model = vendorModel(account, request.model) ?? request.model;
  const view: GenerationView = {
    ...{ id, model, state: 'queued', echo: null, request: { ...request, model }, film: undefined, createdAt: 0 },
    ...{ startedAt: undefined, finishedAt: undefined, expiresAt: undefined, progress: undefined, films: [] },
    ...{ problem: undefined, inputSeconds: 0, remixOf: undefined },
  };
  const [create] = account.dialect.exchanges.create ?? [];
  if (create === undefined) return undefined;
  const context = contextOf(account, 0);
  const answer = create.answer.encode(view, { does: 'create', request: view.request, echo: null, notes: [] }, context);
  const accepted = account.dialect.voyage.accepted(answer, context);
  return 'handle' in accepted ? accepted.handle : undefined;
}

/** Whether a vendor says that it has nothing by a handle; only a plain word of its own counts. Costs nothing. */
export async function isGone(
  account: Account,
  handle: Json,
  seconds = defaultSendLimits.lookSeconds,
): Promise<boolean> {
  const { voyage } = account.dialect;
  const context = contextOf(account);
  const wire = openWire(account);
  try {
    const sent = await wire.ask(voyage.look(handle, context), undefined, { seconds });
    return sent.is === 'answer' && voyage.seen(sent.answer, handle, context).is === 'gone';
  } catch {
    return false;
  } finally {
    wire.close();
  }
}
