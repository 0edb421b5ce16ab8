import type { Answer, Ask, Json, Trace } from '@refreel/core/dialects';
import { type Problem, problem } from '@refreel/core/model';
import { type Account, vendorModel } from '../../accounts/index.ts';
import type { AttemptChange } from '../../store/index.ts';
import { carryMedia, readHandles } from './carry-media.ts';
import { composeAsk, contextOf } from './compose.ts';
import { asHandle, type Course } from './course.ts';
import { planMedia, type TypeOf } from './plan-media.ts';
import { seekSeconds } from './seek-times.ts';
import { defaultSendLimits, failedStep, type Going, moveTo, type Sender, type Step } from './step.ts';
import type { Sent } from './wire.ts';
import { intentOf, type WireBody, writeBody } from './wire-body.ts';

/** A message that is ready to be sent, and what it stands for. */
export interface ReadySubmit {
  readonly ask: Ask;
  readonly body: WireBody | undefined;
  readonly intent: string;
  /** What the vendor would repeat of it. */
  readonly trace: Trace | undefined;
}

export interface SubmitOptions {
  readonly echo: Json | undefined;
  readonly remixes: string | undefined;
  readonly typeOf: TypeOf;
}

/**
 * Gets an attempt ready to be sent: its media are brought to where the vendor reads them, and the message is written. Nothing of it costs
 * anything. Throws the signal's reason.
 */
export async function prepareSubmit(
  sender: Sender,
  { claim, request }: Going,
  { echo, remixes, typeOf }: SubmitOptions,
  signal: AbortSignal,
): Promise<ReadySubmit | Step> {
  const { account, wire } = sender;
  const asking = { account, echo, remixes };
  const reach = { address: (await sender.addressOf({ ...noAsset, workspace: claim.workspace })) !== undefined };
  const plan = planMedia(asking, request, reach, typeOf);
  if (!plan.ok) return failedStep('no', ...plan.problems);
  const model = vendorModel(account, request.model) ?? request.model;
  const { workspace } = claim;
  const carried = await carryMedia(sender, account, wire, workspace, plan.sent, plan.transport, model, signal);
  if (!carried.ok)
    return carried.later === undefined ? failedStep('no', carried.problem) : { is: 'wait', seconds: carried.later };
  const written = composeAsk(asking, request, (media) => carried.names.get(media) ?? media);
  if (!written.ok) return failedStep('no', ...written.problems);
  const ask = written.message;
  const handles = new Map([...carried.names].map(([media, name]) => [name, media]));
  return {
    ask,
    body: await writeBody(ask.body, readHandles(sender, workspace)),
    intent: intentOf(account.id, ask, handles),
    trace: account.dialect.voyage.find?.trace(ask),
  };
}

const noAsset = { sha256: '0'.repeat(64), mediaType: 'image/png' };

/** What is committed before the first byte is sent: whoever takes the attempt up after us must take it for sent. */
export function sendingChange({ intent, trace }: ReadySubmit, course: Course, now: number): AttemptChange {
  return { intent, billed: 'unknown', handle: asHandle({ ...course, sentAt: now, ...(trace && { trace }) }) };
}

/** What came of the one submit. `accepted`: its handle is to be kept before anything else is done. */
export type Submitted = { readonly is: 'accepted'; readonly course: Course } | Step;

/** Sends once, and reads what came of it. Neither throws nor can be stopped: only its end tells whether it was paid. */
export async function submitOnce(sender: Sender, ready: ReadySubmit, course: Course): Promise<Submitted> {
  const { account, wire, limits } = sender;
  const sentAt = Date.now();
  const sent = await wire
    .submit(ready.ask, ready.body, limits.submitSeconds)
    .catch((error: unknown): Sent => ({ is: 'lost', why: error instanceof Error ? error.name : 'a fault' }));
  const { trace } = ready;
  const going = { ...course, sentAt, ...(trace && { trace }) };
  if (sent.is === 'unsent') return unsent(account, going, sent.why);
  if (sent.is === 'lost') return unconfirmed(account, going, sent.why);
  return judge(account, ready.ask, sent.answer, going);
}

function judge(account: Account, ask: Ask, answer: Answer, course: Course): Submitted {
  const context = contextOf(account);
  const said = `status ${answer.status}`;
  let landfall: ReturnType<Account['dialect']['voyage']['accepted']>;
  try {
    landfall = account.dialect.voyage.accepted(answer, context, ask);
  } catch {
    return unconfirmed(account, course, said);
  }
  if ('handle' in landfall) {
    const vendorId = idIn(account, answer);
    const { trace: _, ...known } = course;
    return {
      is: 'accepted',
      course: { ...known, voyage: landfall.handle, ...(vendorId !== undefined && { vendorId }) },
    };
  }
  // Too busy, in the vendor's own words: nothing was begun.
  if (landfall.is === 'later')
    return moveTo('queued', { billed: 'no', handle: asHandle(course), dueInSeconds: landfall.seconds });
  // What it does not want to show it has not begun, whatever it charges for that.
  const begun = landfall.problem.code !== 'moderation_blocked';
  if (landfall.billed === 'unknown' && begun) return unconfirmed(account, course, said);
  return failedStep(landfall.billed, ofAccount(account, landfall.problem));
}

/** Whoever asked us is not told that their key is wrong where it is ours. */
export function ofAccount(account: Account, found: Problem): Problem {
  if (found.code === 'key_invalid' || found.code === 'key_missing')
    return problem('account_key_refused', '', { found: account.id });
  const values = Object.entries(found.values).map(([name, value]) => [
    name,
    typeof value === 'string' ? account.key.hide(value) : value,
  ]);
  return { ...found, values: Object.fromEntries(values) };
}

/** The vendor's id, as its acceptance names it; nothing depends on it. */
function idIn(account: Account, answer: Answer): string | undefined {
  try {
    const [create] = account.dialect.exchanges.create ?? [];
    const question = { does: 'create', request: nothing, echo: null, notes: [] } as const;
    const read = create?.answer.decode(answer, question, contextOf(account));
    return read?.ok === true && read.value.id !== '' ? read.value.id : undefined;
  } catch {
    return undefined;
  }
}

const nothing = { model: '', references: [], shots: [{ prompt: [] }] };

/** The vendor never saw it: it is tried again, a little later each time, and given up after some hours. */
function unsent(account: Account, course: Course, why: string): Step {
  const times = (course.unsent ?? 0) + 1;
  if (times > mostUnsent) return failedStep('no', problem('vendor_unavailable', '', { found: account.key.hide(why) }));
  const dueInSeconds = Math.min(300, 2 ** Math.min(times, 9));
  const { sentAt: _, ...rest } = course;
  return moveTo('queued', { billed: 'no', handle: asHandle({ ...rest, unsent: times }), dueInSeconds });
}

/** Four hours or so. */
const mostUnsent = 55;

/** Nobody can tell whether it is there and paid. It waits for evidence, where the vendor can give any, and for a person. */
export function unconfirmed(account: Account, course: Course, why: string): Step {
  const now = Date.now();
  const sentAt = course.sentAt ?? now;
  const found = problem('submit_unconfirmed', '', {
    ...{ account: account.id, found: account.key.hide(why), at: new Date(sentAt).toISOString() },
  });
  const { sought: _, ...known } = course;
  const lost = { ...known, sentAt, lostAt: Math.min(now, sentAt + defaultSendLimits.submitSeconds * 1000) };
  const dueInSeconds = course.trace === undefined ? null : seekSeconds(0);
  return moveTo('unconfirmed', { billed: 'unknown', problems: [found], handle: asHandle(lost), dueInSeconds });
}
