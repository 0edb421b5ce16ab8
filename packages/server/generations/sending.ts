import { findCard } from '@refreel/core/catalog';
import type { Json } from '@refreel/core/dialects';
import { type Card, type Facts, type Note, type Problem, type Request, strictProblems } from '@refreel/core/model';
import { type Account, type AccountBook, accountMissing } from '../accounts/index.ts';
import { type AddressOf, planMedia, type Reach, readCourse, type SendLimits } from '../producers/upstream/index.ts';
import { type Connection, handlesOf, type WorkspaceId } from '../store/index.ts';

/** What a server that is live sends with. */
export interface Sending {
  readonly book: AccountBook;
  readonly addressOf: AddressOf;
  readonly limits?: Partial<SendLimits>;
  /** How long a vendor is waited for, in place of what the card says. */
  readonly patienceSeconds?: number;
}

/** Who makes a request: this machine, an account, or nobody. */
export type Maker =
  | { readonly producer: 'animatic' }
  | { readonly producer: 'upstream'; readonly account: Account }
  | { readonly producer: 'nobody'; readonly problem: Problem };

/** The first account of the file that can make it; what needs no vendor is always drawn here, and without accounts everything is. */
export async function makerOf(
  sending: Sending | undefined,
  { model, from }: Request,
  region: string | undefined,
  source: { readonly connection: Connection; readonly workspace: WorkspaceId },
): Promise<Maker> {
  if (sending === undefined) return { producer: 'animatic' };
  const { book } = sending;
  const card = findCard(model, book.cards);
  // An unknown model is told by the check.
  if (card === undefined || card.offline === true) return { producer: 'animatic' };
  const able = book.forModel(model, region);
  // What remixes a film is best made where that film is.
  const holders =
    from === undefined ? [] : (await handlesOf(source.connection, source.workspace, from)).map((one) => one.account);
  const account = able.find(({ id }) => holders.includes(id)) ?? able[0];
  if (account !== undefined) return { producer: 'upstream', account };
  return { producer: 'nobody', problem: accountMissing(model, region, book.cards) };
}

/** The vendor's id of the film that a request remixes, where this account holds it. */
export async function remixedOf(
  { request: { from, model } }: { readonly request: Request },
  account: Account,
  source: { readonly connection: Connection; readonly workspace: WorkspaceId },
): Promise<string | undefined> {
  if (from === undefined || findCard(model, account.cards)?.remix !== true) return undefined;
  const attempts = await handlesOf(source.connection, source.workspace, from);
  return attempts.flatMap(({ account: id, handle }) =>
    id === account.id ? (readCourse(handle).vendorId ?? []) : [],
  )[0];
}

/** What is to be looked at before it is sent. */
export interface Sendable {
  readonly request: Request;
  readonly facts: Facts;
  readonly echo: Json | undefined;
  readonly remixes: string | undefined;
  /** Notes that were told already. */
  readonly known: readonly Note[];
  readonly workspace: WorkspaceId;
}

/** What the account's dialect changes or refuses of a request, beyond what the check of its card has found. Nothing is sent. */
export async function reviewSending(
  { addressOf }: Pick<Sending, 'addressOf'>,
  account: Account,
  { request, facts, echo, remixes, known, workspace }: Sendable,
): Promise<{ readonly problems: readonly Problem[]; readonly notes: readonly Note[] }> {
  const typeOf = (media: string) => (Object.hasOwn(facts.media, media) ? facts.media[media]?.mediaType : undefined);
  const plan = planMedia({ account, echo, remixes }, request, await reachOf(addressOf, workspace), typeOf);
  if (!plan.ok) return { problems: plan.problems, notes: [] };
  const isKnown = (note: Note) => known.some(({ code, path }) => code === note.code && path === note.path);
  const notes = plan.notes.filter((note) => !isKnown(note));
  return { problems: request.strict === true ? strictProblems(notes) : [], notes };
}

async function reachOf(addressOf: AddressOf, workspace: WorkspaceId): Promise<Reach> {
  return { address: (await addressOf({ workspace, sha256: '0'.repeat(64), mediaType: 'image/png' })) !== undefined };
}

const hour = 3600;

/** How long a vendor may take: a hundred times as long as it usually does, six hours at least and a day at most. Ours. */
export function patienceSecondsOf(card: Card | undefined): number {
  const longest = Math.max(0, ...(card?.typical ?? []).map(({ to }) => to));
  return Math.min(24 * hour, Math.max(6 * hour, 100 * longest));
}

/** Where no document says how long a film's address lives: a day, ours. */
export function expirySecondsOf(card: Card | undefined): number {
  return card?.expiry.seconds ?? 24 * hour;
}
