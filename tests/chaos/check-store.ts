import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  canMove,
  mediaOfRequest,
  type Request,
  type State,
  stateOf,
  stateTable,
} from '../../packages/core/model/index.ts';
import { InspectError, inspectFilm } from '../../packages/server/media/film/inspect.ts';
import { type Database, type Files, StoreError } from '../../packages/server/store/index.ts';

/** A generation as its rows are, read past every function of the store. */
export interface RawGeneration {
  readonly workspaceId: string;
  readonly id: string;
  readonly publicId: string;
  readonly state: State;
  readonly request: Request;
  readonly idempotencyKey: string | null;
  readonly finished: boolean;
  readonly attempts: readonly RawAttempt[];
  readonly films: readonly RawFilm[];
  readonly events: readonly RawEvent[];
}
interface RawAttempt {
  readonly index: number;
  readonly state: State;
  readonly held: boolean;
  readonly due: boolean;
  readonly waiting: boolean;
  readonly claims: number;
  readonly problems: readonly { readonly code: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly billed: string;
  readonly finished: boolean;
}
interface RawFilm {
  readonly index: number;
  readonly attempt: number;
  readonly sha256: string;
  readonly bytes: number;
}
interface RawEvent {
  readonly id: number;
  readonly kind: string;
  readonly data: { readonly state?: State; readonly before?: State; readonly index?: number };
}

/** Everything that is in a store, and everything in it that cannot be true. */
export interface StoreCheck {
  readonly generations: readonly RawGeneration[];
  /** Sentences: a state that does not follow, an event that is missing, a film that is not what its row says. */
  readonly lies: readonly string[];
  readonly films: number;
}

/**
 * Holds the rows of a store that nobody works on against each other and against its files. Films are decoded once a hash: `decoded` remembers
 * between checks.
 */
export async function checkStore(
  { connection }: Database,
  files: Files,
  decoded: Set<string> = new Set(),
): Promise<StoreCheck> {
  const { rows: generations } = await sql<RawGeneration>`
    select g.workspace_id, g.id, g.public_id, g.state, g.request, g.idempotency_key, g.finished_at is not null as finished,
      (select coalesce(jsonb_agg(jsonb_build_object('index', a.index, 'state', a.state, 'held', a.token is not null,
          'due', a.due_at is not null, 'waiting', a.turn is not null, 'claims', a.claims, 'problems', a.problems,
          'billed', a.billed, 'finished', a.finished_at is not null) order by a.index), '[]')
        from attempts a where a.workspace_id = g.workspace_id and a.generation_id = g.id) as attempts,
      (select coalesce(jsonb_agg(jsonb_build_object('index', f.index, 'attempt', f.attempt_index, 'sha256', f.sha256,
          'bytes', f.bytes) order by f.index), '[]')
        from films f where f.workspace_id = g.workspace_id and f.generation_id = g.id) as films,
      (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'data', e.data) order by e.id), '[]')
        from events e where e.workspace_id = g.workspace_id and e.generation_id = g.id) as events
    from generations g order by g.id
  `.execute(connection);
  const { rows: assets } = await sql<{ sha256: string; bytes: number }>`select sha256, bytes from assets`.execute(
    connection,
  );
  const { rows: answers } = await sql<{ key: string; body: string }>`
    select key, body from idempotency where state = 'done'
  `.execute(connection);

  const lies: string[] = [];
  // An answer in a vendor's clothes names the public one.
  const byId = new Map(generations.flatMap((one) => [one.id, one.publicId].map((id) => [id, one] as const)));
  const kept = new Set(assets.map(({ sha256 }) => sha256));
  for (const one of generations) {
    const found = [...liesOfStates(one), ...liesOfEvents(one), ...liesOfMedia(one, kept)];
    for (const lie of found) lies.push(`${one.id}: ${lie}`);
    for (const film of one.films) lies.push(...(await liesOfFile(files, film, film.sha256, decoded)));
  }
  for (const asset of assets) lies.push(...(await liesOfFile(files, asset, asset.sha256)));
  for (const { key, body } of answers) {
    const { id } = JSON.parse(body) as { id?: string };
    if (id === undefined) continue;
    const found = byId.get(id);
    // What its client marks as sent again is known by what it says, and has no key of its own.
    const right = key.startsWith('retry ') ? found !== undefined : found?.idempotencyKey === key;
    if (!right) lies.push(`the answer kept for ${key} names ${id}`);
  }
  return { generations, lies, films: generations.reduce((sum, { films }) => sum + films.length, 0) };
}

function liesOfStates({ state, finished, attempts, films }: RawGeneration): string[] {
  const lies: string[] = [];
  const say = (wrong: boolean, lie: string) => {
    if (wrong) lies.push(lie);
  };
  if (attempts.length === 0) return ['it has no attempt'];
  const derived = stateOf(attempts.map((one) => one.state));
  say(derived !== state, `it is ${state}, its attempts are ${derived}`);
  say(finished !== stateTable[state].terminal, `it is ${state} and ${finished ? '' : 'not '}finished`);
  for (const [place, attempt] of attempts.entries()) {
    const name = `attempt ${attempt.index}, ${attempt.state},`;
    const { terminal } = stateTable[attempt.state];
    const own = films.filter((film) => film.attempt === attempt.index);
    say(attempt.index !== place, `${name} stands in place ${place}`);
    say(attempt.finished !== terminal, `${name} is ${attempt.finished ? '' : 'not '}finished`);
    say(terminal && (attempt.held || attempt.due || attempt.waiting), `${name} is still to be worked on`);
    say(!terminal && attempt.state !== 'unconfirmed' && !attempt.due, `${name} will never be worked on`);
    say(attempt.waiting && attempt.claims > 0, `${name} waits in line although it was begun`);
    say(attempt.state === 'done' && own.length === 0, `${name} has no film`);
    say(attempt.state !== 'done' && own.length > 0, `${name} has a film`);
    say(attempt.state === 'failed' && attempt.problems.length === 0, `${name} failed without a reason`);
  }
  return lies;
}

function liesOfEvents({ state, attempts, events }: RawGeneration): string[] {
  const [first, ...rest] = events;
  if (first?.kind !== 'generation.accepted') return ['its events do not begin with its acceptance'];
  const lies: string[] = [];
  let told = first.data.state!;
  const begin = told;
  const toldOf = new Map<number, State>();
  const stateTold = (index = 0) => toldOf.get(index) ?? begin;
  for (const { id, kind, data } of rest) {
    if (kind === 'generation.state') {
      if (data.before !== told) lies.push(`event ${id} says before ${data.before}, the one before it ${told}`);
      told = data.state!;
    } else if (kind === 'attempt.state') {
      const before = stateTold(data.index);
      if (!canMove(before, data.state!)) lies.push(`event ${id} moves an attempt from ${before} to ${data.state}`);
      toldOf.set(data.index!, data.state!);
    } else if (kind === 'generation.accepted') lies.push(`event ${id} accepts it again`);
    else if (stateTable[stateTold(data.index)].terminal) lies.push(`event ${id} tells of progress after the end`);
  }
  if (told !== state) lies.push(`it is ${state}, its events end with ${told}`);
  for (const { index, state: real } of attempts)
    if (stateTold(index) !== real) lies.push(`attempt ${index} is ${real}, its events end with ${stateTold(index)}`);
  return lies;
}

/** What was prepared names stored media only. */
function liesOfMedia({ state, request }: RawGeneration, kept: ReadonlySet<string>): string[] {
  if (!['queued', 'running', 'fetching', 'done'].includes(state)) return [];
  return mediaOfRequest(request)
    .filter(({ media }) => !kept.has(media.replace(/^asset:/, '')))
    .map(({ media }) => `it is ${state} and its medium ${media.slice(0, 80)} is not kept`);
}

async function liesOfFile(
  files: Files,
  row: { readonly sha256: string; readonly bytes: number },
  name: string,
  decoded?: Set<string>,
): Promise<string[]> {
  const opened = await files.open(row.sha256).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'folder_corrupt') return 'damaged' as const;
    throw error;
  });
  if (opened === undefined) return [`the file ${name} is lost`];
  if (opened === 'damaged') return [`the file ${name} has other bytes`];
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of opened.content) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  if (bytes !== row.bytes || hash.digest('hex') !== row.sha256) return [`the file ${name} has ${bytes} other bytes`];
  if (decoded === undefined || decoded.has(row.sha256)) return [];
  decoded.add(row.sha256);
  const found = await inspectFilm((await files.localPath(row.sha256))!).catch((error: unknown) => {
    if (error instanceof InspectError) return undefined;
    throw error;
  });
  return found?.decodes === true ? [] : [`the film ${name} does not decode`];
}
