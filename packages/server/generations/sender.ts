import { Refusal, stateTable } from '@refreel/core/model';
import type { Account } from '../accounts/index.ts';
import { asHandle, cancelWords, mayCost, openWire, type Wire } from '../producers/upstream/index.ts';
import {
  type ClaimedAttempt,
  claimForAccount,
  moveAttempt,
  releaseAttempt,
  renewAttempt,
  secondsUntilDue,
  type WorkspaceId,
} from '../store/index.ts';
import { endAttempt, replace } from './fail-over.ts';
import { gatherReleases } from './gather-releases.ts';
import { holdLease, type Lease, type Stopped } from './lease.ts';
import { lookAgainSeconds, prepareAttempt } from './prepare.ts';
import { failed } from './prepared.ts';
import { type SendingRoom, type Sent, sendStep } from './send.ts';
import { asideProblem } from './sending.ts';
import type { Watch } from './watch.ts';
import { type Job, type Looking, startWorkLoop } from './work-loop.ts';
import type { Worker } from './worker.ts';

export interface SenderOptions {
  readonly room: Omit<SendingRoom, 'replaced'>;
  /** Name of this worker, for people. */
  readonly name: string;
  readonly leaseSeconds: number;
  readonly idleSeconds: number;
  readonly watch: Watch;
  /** Something of a workspace has changed. */
  readonly onChange: (workspace: WorkspaceId) => void;
}

/** Steps of one account that are taken at the same time: they wait for others' servers. */
const mostSteps = 64;
/** While an account has no place free, and nothing of it is being looked at. */
const fullSeconds = 0.5;
/** Between two looks whether somebody else can make what waits for an account that is set aside. */
const asideSeconds = 30;

/** Sends whatever is accepted for the accounts that there are now, and looks after it until it has ended. */
export function startSenders(options: SenderOptions): Worker {
  const { sending, onError } = options.room;
  const senders = new Map<string, { readonly account: Account; readonly sender: Worker }>();
  const ending = new Map<string, Promise<void>>();
  let closing = false;
  const end = (id: string, { sender }: { readonly sender: Worker }) => {
    senders.delete(id);
    const over = sender
      .close()
      .catch(onError)
      .then(() => {
        ending.delete(id);
        adjust();
      });
    ending.set(id, over);
  };
  const all: Worker = {
    wake: () => {
      for (const { sender } of senders.values()) sender.wake();
    },
    cancelled: (id) => {
      for (const { sender } of senders.values()) sender.cancelled(id);
    },
    close: async () => {
      closing = true;
      forget();
      for (const [id, one] of [...senders]) end(id, one);
      await Promise.all(ending.values());
    },
  };
  /** One line an account: a slow one holds up itself. */
  const adjust = () => {
    const { accounts } = sending.book;
    for (const [id, one] of [...senders]) if (!accounts.includes(one.account)) end(id, one);
    for (const account of closing ? [] : accounts) {
      const { id } = account;
      // Under another key it begins when the last step under the former one has ended.
      if (senders.has(id) || ending.has(id)) continue;
      senders.set(id, { account, sender: startSender(account, options, all.wake) });
    }
    all.wake();
  };
  const forget = sending.onChange(adjust);
  adjust();
  return all;
}

function startSender(account: Account, options: SenderOptions, replaced: () => void): Worker {
  const { name, leaseSeconds, idleSeconds, watch, onChange } = options;
  const room = { ...options.room, replaced };
  const { connection, onError, sending } = room;
  const wire: Wire = openWire(account);
  const jobs = new Set<Job>();
  const release = gatherReleases(connection);
  const line = { producer: 'upstream', account: account.id } as const;

  const write = async ({ claim, place, request, producer }: ClaimedAttempt, sent: Sent): Promise<void> => {
    if (sent === 'written') return onChange(claim.workspace);
    if (sent.is === 'wait') {
      const { seconds, course, share } = sent;
      if (share !== undefined) await renewAttempt(connection, claim, leaseSeconds, { share });
      await release({ claim, dueInSeconds: seconds, ...(course !== undefined && { handle: asHandle(course) }) });
      return share === undefined ? undefined : onChange(claim.workspace);
    }
    const late = mayCost(cancelWords.taken);
    const moved =
      (await endAttempt(room, account, { claim, place }, sent.to, sent.change)) ??
      (late.is === 'move' ? await moveAttempt(connection, claim, 'cancelled', late.change) : undefined);
    onChange(claim.workspace);
    if (moved !== undefined && stateTable[moved.state].terminal)
      watch.ended({ model: request.model, producer, state: moved.state });
  };

  const prepare = async (attempt: ClaimedAttempt, { signal }: Lease) => {
    const step = await prepareAttempt(room, attempt, signal);
    if ('to' in step) await write(attempt, { is: 'move', ...step });
    else await releaseAttempt(connection, attempt.claim, { dueInSeconds: step.againInSeconds });
  };
  /** Nothing is sent to an account that is set aside: somebody else is asked, or it waits and says why. */
  const passOn = async (attempt: ClaimedAttempt, since: Date): Promise<void> => {
    const why = asideProblem(account, since);
    if (!(await replace(room, account, attempt, why, { problems: [why] })))
      await releaseAttempt(connection, attempt.claim, { dueInSeconds: asideSeconds, problems: [why] });
    onChange(attempt.claim.workspace);
  };
  const run = async (attempt: ClaimedAttempt, lease: Lease): Promise<void> => {
    const { claim, state, claims } = attempt;
    try {
      const since = sending.book.asideSince(account.id);
      if (state === 'preparing') await prepare(attempt, lease);
      else if (state === 'queued' && since !== undefined) await passOn(attempt, since);
      else await write(attempt, await sendStep(room, account, wire, attempt, lease.signal));
    } catch (error) {
      const why = lease.signal.aborted ? (lease.signal.reason as Stopped).reason : undefined;
      if (why === 'lost') return;
      // Whoever takes it next finds it cancelled, and knows where it is.
      if (why !== undefined) return void (await releaseAttempt(connection, claim, { dueInSeconds: 0 }));
      if (error instanceof Refusal && error.problems.length > 0 && state === 'preparing')
        return void (await write(attempt, { is: 'move', ...failed(error.problems) }));
      onError(error);
      await releaseAttempt(connection, claim, { dueInSeconds: Math.min(60, lookAgainSeconds(claims) * 4) });
    }
  };

  const begin = (attempt: ClaimedAttempt) => {
    const { claim } = attempt;
    const onProgress = () => onChange(claim.workspace);
    const lease = holdLease(claim, { connection, leaseSeconds, onError, onProgress });
    const end = run(attempt, lease)
      // What cannot even be written down is taken up again when its lease is over.
      .catch(onError)
      .then(() => lease.end())
      .then(() => {
        jobs.delete(job);
        loop.wakeSoon();
      });
    const job: Job = { claim, lease, end };
    jobs.add(job);
  };

  const look = async (looking: Looking): Promise<number> => {
    const limit = mostSteps - jobs.size;
    if (limit <= 0) return idleSeconds;
    const { concurrency, pace } = account;
    const aside = sending.book.asideSince(account.id) !== undefined;
    const claimed = await claimForAccount(connection, {
      ...{ worker: name, account: account.id, limit, leaseSeconds },
      // What is passed on needs no place there.
      ...(!aside && { concurrency, pace }),
    });
    for (const attempt of claimed.attempts) {
      if (looking.closing) await releaseAttempt(connection, attempt.claim, { dueInSeconds: 0 });
      else begin(attempt);
    }
    if (claimed.attempts.length === limit) return 0;
    const seconds = Math.min(idleSeconds, (await secondsUntilDue(connection, line)) ?? idleSeconds);
    if (claimed.full === false) return seconds;
    return Math.max(seconds, Math.min(idleSeconds, claimed.full.seconds ?? fullSeconds));
  };
  const loop = startWorkLoop({ look, jobs, idleSeconds, onError });

  return {
    ...loop,
    async close() {
      // A submit that is under way is waited for: only its answer tells whether it was paid.
      await loop.close();
      wire.close();
    },
  };
}
