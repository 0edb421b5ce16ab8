import { problem, type Request } from '@refreel/core/model';
import { done, type Outcome, refused } from '../assets/index.ts';
import { asHandle, handleOfId, isGone, readCourse } from '../producers/upstream/index.ts';
import {
  findGeneration,
  handlesOf,
  type Json,
  resolveAttempt,
  type Resolution as Settling,
  type WholeGeneration,
} from '../store/index.ts';
import type { Caller } from './caller.ts';
import type { MediaRoom } from './settle-media.ts';

/** How a person settles an attempt whose submit may have been lost. */
export interface Resolution {
  /** 0-based. */
  readonly attempt: number;
  /**
   * `not-created`: the vendor does not have it, so that it is sent again. `failed`: it has it and made nothing, or nobody wants it any more.
   * `id`: it has it under this id. `handle`: the same in the words of the dialect.
   */
  readonly as: 'not-created' | 'failed' | { readonly id: string } | { readonly handle: Json };
  /** What is known of the bill, where it failed. */
  readonly billed?: 'yes' | 'no' | 'unknown' | undefined;
}

/** Settles an attempt that is `unconfirmed`. Undefined where the caller has no such generation. */
export async function resolveByHand(
  { connection, sending }: Pick<MediaRoom, 'connection' | 'sending'>,
  { workspace }: Caller,
  id: string,
  { attempt: index, as, billed = 'unknown' }: Resolution,
): Promise<Outcome<WholeGeneration> | undefined> {
  const generation = await findGeneration(connection, workspace, { id });
  if (generation === undefined) return undefined;
  const found = generation.attempts[index];
  const state = found?.state ?? { en: 'not there', zh: '不存在' };
  const settled = refused(problem('attempt_settled', 'attempt', { found: index, state }));
  if (found?.state !== 'unconfirmed') return settled;
  const sent = (await handlesOf(connection, workspace, id)).find((one) => one.index === index);
  const course = readCourse(sent?.handle);

  const settling = async (): Promise<Settling | Outcome<never>> => {
    if (as === 'not-created') return { to: 'queued', billed: 'no', problems: [] };
    if (as === 'failed') return { to: 'failed', billed, problems: [problem('resolved_as_failed', '')] };
    if ('handle' in as)
      return { to: 'running', handle: asHandle({ ...course, voyage: as.handle as never }), problems: [] };
    const account = sending?.book.find(found.account);
    if (account === undefined) return refused(problem('account_gone', 'as', { found: found.account }));
    const request: Request = { ...generation.request, model: found.model ?? generation.request.model };
    const voyage = handleOfId(account, as.id, request);
    if (voyage === undefined) return refused(problem('invalid_request', 'as.id', { found: as.id.slice(0, 100) }));
    // One that was pasted wrongly would end it, and the way to the film that is there would be lost.
    if (await isGone(account, voyage))
      return refused(problem('vendor_id_unknown', 'as.id', { account: account.id, found: as.id.slice(0, 100) }));
    return { to: 'running', handle: asHandle({ ...course, voyage, vendorId: as.id }), problems: [] };
  };
  const wanted = await settling();
  if ('ok' in wanted) return wanted;
  if ((await resolveAttempt(connection, workspace, { generationId: id, index }, wanted)) === undefined) return settled;
  return done((await findGeneration(connection, workspace, { id })) ?? generation);
}
