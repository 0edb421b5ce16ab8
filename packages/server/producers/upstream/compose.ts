import { randomUUID } from 'node:crypto';
import type { Ask, CodecContext, Json, Written } from '@refreel/core/dialects';
import { type Media, type Request, replaceMedia } from '@refreel/core/model';
import { type Account, vendorModel } from '../../accounts/index.ts';

/** What an account is asked with, beside the request. */
export interface Asking {
  readonly account: Account;
  /** What the account's own dialect kept of the wire, where the generation came by it. */
  readonly echo?: Json | undefined;
  /** The vendor's id of the generation that this one remixes, on the same account. */
  readonly remixes?: string | undefined;
}

export function contextOf(account: Account, now = Date.now()): CodecContext {
  return { requestId: randomUUID(), now, region: account.region, findCard: account.findCard, fields: account.fields };
}

/** The message that asks for a film, with every medium called by what the vendor can read. */
export function composeAsk(
  { account, echo, remixes }: Asking,
  request: Request,
  rename: (media: Media) => Media,
): Written<Ask> {
  const model = vendorModel(account, request.model);
  if (model === undefined) throw new Error(`the account ${account.id} has no ${request.model}`);
  const { from: _, ...rest } = replaceMedia(request, rename);
  const asked: Request = { ...rest, model, ...(remixes !== undefined && { from: remixes }) };
  return account.dialect.voyage.start(asked, contextOf(account), echo);
}
