import { type ReviewOptions, review } from '@refreel/core/authoring';
import { findCard } from '@refreel/core/catalog';
import type { Json } from '@refreel/core/dialects';
import {
  type Card,
  type Facts,
  makeNote,
  type Note,
  noFacts,
  type Problem,
  problem,
  type Request,
  strictProblems,
} from '@refreel/core/model';
import {
  type Account,
  type AccountBook,
  type AccountDesk,
  accountMissing,
  cheapestFirst,
  type Route,
  vendorModel,
} from '../accounts/index.ts';
import { type AddressOf, planMedia, type Reach, readCourse, type SendLimits } from '../producers/upstream/index.ts';
import { type Connection, handlesOf, type WorkspaceId } from '../store/index.ts';

/** What a server that is live sends with. */
export interface Sending {
  /** As the accounts are now. */
  readonly book: AccountBook;
  /** In which order they are asked. */
  readonly route: Route;
  /** Sends nothing new to an account from now on. */
  readonly setAside: AccountDesk['setAside'];
  /** Told when there are others. The answer ends it. */
  readonly onChange: AccountDesk['onChange'];
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

/** The first account that can make it; what needs no vendor is always drawn here, and without accounts everything is. */
export async function makerOf(
  sending: Sending | undefined,
  request: Request,
  region: string | undefined,
  source: { readonly connection: Connection; readonly workspace: WorkspaceId },
): Promise<Maker> {
  if (sending === undefined) return { producer: 'animatic' };
  const { book } = sending;
  const { model, from } = request;
  const card = findCard(model, book.cards);
  // An unknown model is told by the check.
  if (card === undefined || card.offline === true) return { producer: 'animatic' };
  const able = openAccounts(sending, request, region, noFacts);
  // What remixes a film is best made where that film is.
  const sent = from === undefined ? [] : await handlesOf(source.connection, source.workspace, from);
  const holders = sent.flatMap((one) => (readCourse(one.handle).vendorId === undefined ? [] : [one.account]));
  const account = able.find(({ id }) => holders.includes(id)) ?? able[0];
  if (account !== undefined) return { producer: 'upstream', account };
  const [aside] = book.forModel(model, region);
  const at = aside === undefined ? undefined : book.asideSince(aside.id);
  if (aside !== undefined && at !== undefined) return { producer: 'nobody', problem: asideProblem(aside, at) };
  return { producer: 'nobody', problem: accountMissing(model, region, book.cards) };
}

/** The accounts that can make a request and are not set aside, in the order in which they are asked. */
export function openAccounts(
  sending: Pick<Sending, 'book' | 'route'>,
  request: Request,
  region: string | undefined,
  facts: Facts,
): readonly Account[] {
  const { book, route } = sending;
  const open = book.forModel(request.model, region).filter(({ id }) => book.asideSince(id) === undefined);
  if (route === 'order' || open.length < 2) return open;
  const { alternatives: _, ...alone } = request;
  return cheapestFirst(
    open,
    (account) => review(alone, facts, { ...whereAt(sending, account, region), advice: false }).quote,
  );
}

/** Where a request is reviewed that an account makes: by the account's own edition, prices and region. Undefined: it is made here. */
export function whereAt(
  { book }: Pick<Sending, 'book'>,
  account: Account | undefined,
  region: string | undefined,
): ReviewOptions {
  const there = account?.region ?? region;
  const others = (model: string) => book.forModel(model, undefined).find(({ id }) => book.asideSince(id) === undefined);
  return {
    cards: book.cards,
    ...(there !== undefined && { region: there }),
    ...(account !== undefined && {
      // A card of an alternative is that of the account which would be asked for it.
      adapt: (card) => (vendorModel(account, card.id) === undefined ? others(card.id) : account)?.adapt(card) ?? card,
    }),
  };
}

/** Why what waits for an account is not sent. */
export function asideProblem({ id }: Pick<Account, 'id'>, at: Date): Problem {
  return problem('account_aside', '', { found: id, at: at.toISOString() });
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
  // A model that cannot remix is told by the check of its card.
  const elsewhere =
    request.from !== undefined && remixes === undefined && findCard(request.model, account.cards)?.remix === true
      ? [makeNote('remix_elsewhere', 'from', { found: account.id })]
      : [];
  const notes = [...elsewhere, ...plan.notes].filter((note) => !isKnown(note));
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
