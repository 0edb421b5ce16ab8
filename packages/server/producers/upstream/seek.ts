import type { Find, Json, SeenGeneration, Span, Trace } from '@refreel/core/dialects';
import { areInDoubt, isKnown } from '../../store/index.ts';
import { contextOf } from './compose.ts';
import { asHandle, type Course } from './course.ts';
import { handleOfId } from './known-handle.ts';
import { seekSeconds } from './seek-times.ts';
import { type Going, moveTo, type Sender, type Step } from './step.ts';

/** Pages that are read at most; a list that goes on says nothing. */
const mostPages = 20;

/**
 * Looks for an attempt whose answer was lost among what its vendor has, and takes it for ours on unique evidence alone (ruling 22): one
 * candidate that no row of ours knows, of the same model, created while it was sent, whose prompt is equal, and no other attempt of
 * the account that could be it. What is not found may be there all the same, so that it goes on waiting. Throws the signal's reason.
 */
export async function seekOnce(
  sender: Sender,
  { course, createdAt, request, claim }: Going,
  patienceSeconds: number,
  signal: AbortSignal,
): Promise<Step> {
  const { account, connection } = sender;
  const { find } = account.dialect.voyage;
  const { trace, sentAt, lostAt } = course;
  if (find === undefined || trace === undefined || sentAt === undefined || lostAt === undefined) return waiting(null);
  const sought = (course.sought ?? 0) + 1;
  const over = (Date.now() - createdAt.getTime()) / 1000 >= patienceSeconds;
  const again: Step = { is: 'wait', seconds: over ? null : seekSeconds(sought), course: { ...course, sought } };
  const span = { from: sentAt, to: lostAt };
  const listed = await listAll(sender, find, span, signal);
  if (listed === undefined) return again;
  const candidates: { readonly seen: SeenGeneration; readonly handle: Json }[] = [];
  for (const seen of listed) {
    if (rulesOut(seen, trace, span)) continue;
    const handle = handleOfId(account, seen.id, request);
    if (handle === undefined) return again;
    if (await isKnown(connection, account.id, handle)) continue;
    const prompt = seen.prompt ?? (await promptOf(sender, find, handle, signal));
    if (prompt !== undefined && prompt !== trace.prompt) continue;
    // One of which not everything is told yet may be the one.
    if (prompt === undefined || seen.createdAt === undefined || seen.model === undefined) return again;
    candidates.push({ seen, handle });
  }
  const [one, ...others] = candidates;
  if (one === undefined || others.length > 0) return again;
  // Read after the list: whatever made what stands there was being sent before, and its row says so.
  if (await areInDoubt(connection, account.id, claim, span)) return again;
  const { trace: _, lostAt: __, sought: ___, ...known } = course;
  const found: Course = { ...known, voyage: one.handle, vendorId: one.seen.id, adoptedAt: Date.now() };
  return moveTo('running', { handle: asHandle(found), problems: [], dueInSeconds: 0 });
}

function waiting(seconds: number | null): Step {
  return { is: 'wait', seconds };
}

/** Whether what is told of it says that it is another one. Some vendors tell whole seconds. */
function rulesOut({ model, prompt, createdAt }: SeenGeneration, trace: Trace, { from, to }: Span): boolean {
  if (model !== undefined && model !== trace.model) return true;
  if (prompt !== undefined && prompt !== trace.prompt) return true;
  return createdAt !== undefined && (createdAt < Math.floor(from / 1000) * 1000 || createdAt > to);
}

/** All that the vendor lists of a span; undefined where that cannot be had now. */
async function listAll(
  { account, wire, limits }: Sender,
  find: Find,
  span: Span,
  signal: AbortSignal,
): Promise<readonly SeenGeneration[] | undefined> {
  const context = contextOf(account);
  const all = new Map<string, SeenGeneration>();
  let cursor: Json | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const sent = await wire.ask(find.list(span, cursor, context), undefined, { seconds: limits.lookSeconds }, signal);
    if (sent.is !== 'answer') return undefined;
    const listed = find.listed(sent.answer, span, cursor, context);
    if (listed === undefined) return undefined;
    for (const one of listed.found) all.set(one.id, one);
    if (listed.next === undefined) return [...all.values()];
    cursor = listed.next;
  }
  return undefined;
}

async function promptOf(
  { account, wire, limits }: Sender,
  find: Find,
  handle: Json,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (find.prompt === undefined) return undefined;
  const context = contextOf(account);
  const ask = account.dialect.voyage.look(handle, context);
  const sent = await wire.ask(ask, undefined, { seconds: limits.lookSeconds }, signal);
  return sent.is === 'answer' ? find.prompt(sent.answer, handle, context) : undefined;
}
