import { Refusal, stateTable } from '@refreel/core/model';
import type { Account } from '../accounts/index.ts';
import { asHandle, cancelWords, mayCost, openWire, type Wire } from '../producers/upstream/index.ts';
import {
  type Claim,
  type ClaimedAttempt,
  claimAttempts,
  countAtVendor,
  moveAttempt,
  releaseAttempt,
  renewAttempt,
  secondsUntilDue,
  type WorkspaceId,
} from '../store/index.ts';
import { holdLease, type Lease, type Stopped } from './lease.ts';
import { failed, lookAgainSeconds, prepareAttempt } from './prepare.ts';
import { type SendingRoom, type Sent, sendStep } from './send.ts';
import type { Watch } from './watch.ts';
import type { Worker } from './worker.ts';

export interface SenderOptions {
  readonly room: SendingRoom;
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
/** While an account has no place free. */
const fullSeconds = 0.5;

interface Job {
  readonly claim: Claim;
  readonly lease: Lease;
  readonly end: Promise<void>;
}

/** Sends whatever is accepted for an account, and looks after it until it has ended. One line an account: a slow one holds up itself. */
export function startSenders(options: SenderOptions): Worker {
  const senders = options.room.sending.book.accounts.map((account) => startSender(account, options));
  return {
    wake: () => {
      for (const one of senders) one.wake();
    },
    cancelled: (id) => {
      for (const one of senders) one.cancelled(id);
    },
    close: async () => {
      await Promise.all(senders.map((one) => one.close()));
    },
  };
}

function startSender(account: Account, options: SenderOptions): Worker {
  const { room, name, leaseSeconds, idleSeconds, watch, onChange } = options;
  const { connection, onError } = room;
  const wire: Wire = openWire(account);
  const jobs = new Set<Job>();
  /** Of them, those that are being sent for the first time. */
  let sending = 0;
  let closing = false;
  let woken = false;
  let wakeUp = () => {};
  const wake = () => {
    woken = true;
    wakeUp();
  };
  const line = { producer: 'upstream', account: account.id } as const;

  /** Places that are free at the vendor. Claims are made one after the other, so that no place is given twice. */
  const free = async () =>
    account.concurrency === undefined
      ? Number.POSITIVE_INFINITY
      : account.concurrency - (await countAtVendor(connection, account.id)) - sending;

  const write = async ({ claim, request, producer }: ClaimedAttempt, sent: Sent): Promise<void> => {
    if (sent === 'written') return onChange(claim.workspace);
    if (sent.is === 'wait') {
      const { seconds, course, share } = sent;
      if (share !== undefined) await renewAttempt(connection, claim, leaseSeconds, { share });
      await releaseAttempt(connection, claim, {
        dueInSeconds: seconds,
        ...(course !== undefined && { handle: asHandle(course) }),
      });
      return share === undefined ? undefined : onChange(claim.workspace);
    }
    const late = mayCost(cancelWords.taken);
    const moved =
      (await moveAttempt(connection, claim, sent.to, sent.change)) ??
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
  const run = async (attempt: ClaimedAttempt, lease: Lease): Promise<void> => {
    const { claim, state, claims } = attempt;
    try {
      if (state === 'preparing') await prepare(attempt, lease);
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
    const { claim, state } = attempt;
    const onProgress = () => onChange(claim.workspace);
    const lease = holdLease(claim, { connection, leaseSeconds, onError, onProgress });
    if (state === 'queued') sending += 1;
    const end = run(attempt, lease)
      // What cannot even be written down is taken up again when its lease is over.
      .catch(onError)
      .then(() => lease.end())
      .then(() => {
        if (state === 'queued') sending -= 1;
        jobs.delete(job);
        wake();
      });
    const job: Job = { claim, lease, end };
    jobs.add(job);
  };

  const look = async (): Promise<number> => {
    const limit = mostSteps - jobs.size;
    if (limit <= 0) return idleSeconds;
    let places = await free();
    const fresh = Math.max(0, Math.min(limit, places));
    const claimed = await claimAttempts(connection, { worker: name, ...line, limit, fresh, leaseSeconds });
    for (const attempt of claimed) {
      const { claim, claims, state } = attempt;
      if (closing) await releaseAttempt(connection, claim, { dueInSeconds: 0 });
      else if (state === 'queued' && places <= 0)
        await releaseAttempt(connection, claim, { dueInSeconds: Math.max(fullSeconds, lookAgainSeconds(claims)) });
      else {
        if (state === 'queued') places -= 1;
        begin(attempt);
      }
    }
    if (claimed.length === limit) return 0;
    const seconds = Math.min(idleSeconds, (await secondsUntilDue(connection, line)) ?? idleSeconds);
    return places <= 0 ? Math.max(fullSeconds, seconds) : seconds;
  };
  const loop = async () => {
    while (!closing) {
      woken = false;
      const seconds = await look().catch((error: unknown) => {
        onError(error);
        return idleSeconds;
      });
      if (woken || closing) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1000);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const looping = loop();

  return {
    wake,
    cancelled(generationId) {
      for (const { claim, lease } of jobs) if (claim.generationId === generationId) lease.look();
      wake();
    },
    async close() {
      closing = true;
      wake();
      await looping;
      // A submit that is under way is waited for: only its answer tells whether it was paid.
      for (const { lease } of jobs) lease.stop('closing');
      await Promise.all([...jobs].map(({ end }) => end));
      wire.close();
    },
  };
}
