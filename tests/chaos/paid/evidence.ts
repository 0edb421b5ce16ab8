import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase, openFolderFiles } from '../../../packages/server/store/index.ts';
import { checkStore, type RawGeneration } from '../check-store.ts';
import type { Order } from './callers.ts';
import type { Submit } from './vendor-wire.ts';
import { wordIn } from './words.ts';

/** What two stores hold once nobody works on them: the sender's, and that of its vendor. */
export interface Evidence {
  /** Of the sender, by word. */
  readonly kept: ReadonlyMap<string, readonly RawGeneration[]>;
  /** Times that the vendor accepted each word, whatever became of it: what it would charge. */
  readonly charged: ReadonlyMap<string, number>;
  /** Words that were taken for found at the vendor by evidence. */
  readonly adopted: ReadonlySet<string>;
  /** Rows and films of the sender that are not true; a film that does not decode is one. */
  readonly lies: readonly string[];
  readonly films: number;
}

/** Reads both stores past everything that serves them. `decoded` remembers films between two looks. */
export async function collect(
  senderFolder: string,
  vendorFolder: string,
  decoded: Set<string> = new Set(),
): Promise<Evidence> {
  const vendor = await openDatabase({ folder: vendorFolder }, { maintenanceSeconds: 0 });
  const charged = new Map<string, number>();
  try {
    const { rows } = await sql<{ shots: string }>`select (request->'shots')::text as shots from generations`.execute(
      vendor.connection,
    );
    for (const { shots } of rows) {
      const word = wordIn(shots) ?? shots;
      charged.set(word, (charged.get(word) ?? 0) + 1);
    }
  } finally {
    await vendor.close();
  }
  const sender = await openDatabase({ folder: senderFolder }, { maintenanceSeconds: 0 });
  try {
    const files = await openFolderFiles(join(senderFolder, 'files'));
    const { generations, lies, films } = await checkStore(sender, files, decoded);
    const { rows } = await sql<{ generationId: string }>`
      select generation_id from attempts where handle->'adoptedAt' is not null
    `.execute(sender.connection);
    const found = new Set(rows.map(({ generationId }) => generationId));
    const wordOf = ({ request }: RawGeneration) => wordIn(JSON.stringify(request.shots)) ?? '';
    return {
      ...{ charged, lies, films, kept: Map.groupBy(generations, wordOf) },
      adopted: new Set(generations.filter(({ id }) => found.has(id)).map(wordOf)),
    };
  } finally {
    await sender.close();
  }
}

/** What a run came to for one dialect, or for all. */
export interface Tally {
  orders: number;
  /** Callers that were never answered, however often they came again. */
  givenUp: number;
  /** Submits that the vendor accepted. */
  charged: number;
  done: number;
  failed: number;
  /** Submits whose answer the sender did not get, or did not live to write down, as the network saw it. */
  lostReplies: number;
  /** Killed when it had said that it sends, and before the first byte: nothing was lost, and no restart can tell that. */
  unsent: number;
  /** Of those, found again at the vendor by evidence. */
  adopted: number;
  /** Of those, left to a person. */
  unconfirmed: number;
}

/** Every list must be empty. */
export interface Verdict {
  /** Neither ended nor shown as unconfirmed; or charged, and shown as something that is not. */
  readonly lost: readonly string[];
  /** Charged twice, or accepted twice. */
  readonly twice: readonly string[];
  /** Reported done without a film that decodes, or another row that lies. */
  readonly broken: readonly string[];
  /** Unconfirmed although nothing was lost on the way. */
  readonly unexplained: readonly string[];
  readonly byDialect: Readonly<Record<string, Tally>>;
}

/** Holds what callers know, what the network saw, and what both stores hold against each other. */
export function judge(orders: readonly Order[], submits: readonly Submit[], evidence: Evidence): Verdict {
  const { kept, charged, adopted, lies } = evidence;
  const lost: string[] = [];
  const twice: string[] = [];
  const unexplained: string[] = [];
  const byDialect: Record<string, Tally> = {};
  const lostReply = new Set(submits.filter(({ came }) => came !== 'answered').map(({ word }) => word));
  const acceptedWords = new Set(submits.filter(({ accepted }) => accepted).map(({ word }) => word));
  for (const { word, dialect, ids } of orders) {
    byDialect[dialect] ??= emptyTally();
    const tally = byDialect[dialect];
    const times = charged.get(word) ?? 0;
    const mine = kept.get(word) ?? [];
    const [generation] = mine;
    const name = `${word} (${dialect})`;
    tally.orders += 1;
    tally.charged += times;
    if (times > 1) twice.push(`${name} was charged ${times} times`);
    if (mine.length > 1) twice.push(`${name} was accepted ${mine.length} times`);
    if (ids.size > 1) twice.push(`${name} was answered with ${[...ids].join(', ')}`);
    if (ids.size === 0) tally.givenUp += 1;
    if (generation === undefined) {
      // Whoever gave up was told that it failed, and may be right.
      if (ids.size > 0 || times > 0) lost.push(`${name} is not there${times > 0 ? ', and was charged' : ''}`);
      continue;
    }
    const { state, attempts } = generation;
    const billed = attempts.map((attempt) => attempt.billed);
    if (state === 'done') tally.done += 1;
    else if (state === 'failed') tally.failed += 1;
    else if (state === 'unconfirmed') tally.unconfirmed += 1;
    else lost.push(`${name} is ${state}`);
    if (state === 'done' && times === 0) lost.push(`${name} is done and was not asked for`);
    if (times > 0 && state === 'failed' && billed.every((one) => one === 'no'))
      lost.push(`${name} failed as if it cost nothing, and was charged: ${JSON.stringify(attempts)}`);
    if (adopted.has(word)) tally.adopted += 1;
    if (lostReply.has(word)) tally.lostReplies += 1;
    else if (state === 'unconfirmed' && !acceptedWords.has(word) && attempts.some(ownerEnded)) tally.unsent += 1;
    else if (state === 'unconfirmed' || adopted.has(word)) {
      const seen = submits.filter((one) => one.word === word).map(({ came }) => came);
      const said = attempts.map(({ problems }) => problems);
      unexplained.push(`${name} is ${state}: the network saw ${JSON.stringify(seen)}, it says ${JSON.stringify(said)}`);
    }
  }
  const words = new Set(orders.map(({ word }) => word));
  for (const word of charged.keys()) if (!words.has(word)) twice.push(`${word} was charged, and nobody asked for it`);
  return { lost, twice, broken: lies, unexplained, byDialect };
}

/** Found in `submitting` by the next process. */
function ownerEnded({ problems }: RawGeneration['attempts'][number]): boolean {
  return problems.some(({ code, values }) => code === 'submit_unconfirmed' && /process/.test(String(values.found)));
}

function emptyTally(): Tally {
  return {
    orders: 0,
    givenUp: 0,
    charged: 0,
    done: 0,
    failed: 0,
    lostReplies: 0,
    unsent: 0,
    adopted: 0,
    unconfirmed: 0,
  };
}
