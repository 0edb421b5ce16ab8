import { hash, randomBytes } from 'node:crypto';
import { findCard } from '@refreel/core/catalog';
import { headerOf } from '@refreel/core/dialects';
import { problem, Refusal } from '@refreel/core/model';
import type { Outcome } from '../../generations/service.ts';
import { failsLate } from '../../sandbox/faults-of-life.ts';
import type { Run, WholeGeneration } from '../../store/index.ts';
import type { TextAnswer } from '../answer.ts';
import { type FaultyCreate, faultyCreate, unmarked, unmarkedPrompt } from '../faulty-create.ts';
import { generationHeaders } from '../native/write-generation.ts';
import { onceFor, type Repeat, repeatKey } from '../repeat.ts';
import { daysOfKey, type OnceOptions, type Submit, submitOnce } from '../submit-once.ts';
import { type Deeds, type DialectCall, encodeReply, refuseWith, textOf } from './call.ts';
import { findShown, viewOf } from './view.ts';

type Accepting = DialectCall<'create'> | DialectCall<'remix'>;

/** A repetition that the client itself marks counts as one for so long, or longer where its key says so. */
const retrySeconds = 600;
/** Longer than an answer takes. A run that is slower than that is no danger: whoever takes over from it arrives at the same id. */
const runningSeconds = 120;
/** The longest that an answer waits for media whose vendor looks at them before it answers. */
const mostPrepareSeconds = 60;

/** What asks for a film. */
export const accept: Pick<Deeds, 'create' | 'remix'> = {
  async create(call) {
    const { question, notes, parts, caller } = call;
    requireBase(call);
    const { request, faults: marked } = unmarked(question.request, parts);
    const faulty = faultyCreate({ ...call, dialect: call.dialect.id }, marked);
    return await once(call, faulty, async (publicId, idempotencyKey) => {
      const { faults, notes: more } = await faulty.begin(request.model);
      const { echo } = question;
      const all = [...notes, ...more];
      const submission = { ...common(call), request, notes: all, echo, publicId, idempotencyKey, faults };
      return await parts.generations.submit(caller, submission);
    });
  },
  async remix(call) {
    const { question, notes, parts, caller } = call;
    requireBase(call);
    const { prompt, faults: marked } = unmarkedPrompt(question.prompt, parts);
    const faulty = faultyCreate({ ...call, dialect: call.dialect.id }, marked);
    return await once(call, faulty, async (publicId, idempotencyKey) => {
      const source = await findShown(call, question.id);
      // An expired one, or a stranger's, is as unknown as any other.
      const found = question.id.slice(0, 100);
      if (source === undefined) return { ok: false, problems: [problem('remix_source_missing', 'id', { found })] };
      if (source.state !== 'done')
        return { ok: false, problems: [problem('remix_source_unfinished', 'id', { found })] };
      const { faults, notes: told } = await faulty.begin(source.model);
      const all = [...notes, ...told];
      const more = { ...common(call), notes: all, echo: source.echo, publicId, idempotencyKey, faults };
      return await parts.generations.remix(caller, { id: source.id }, prompt, more);
    });
  },
};

/** @throws Refusal where an address that is handed out now would lead nowhere later. */
export function requireBase({ base, request }: Pick<DialectCall, 'base' | 'request'>): void {
  const found = request.headers.get('host') ?? '';
  if (base === '') throw new Refusal(problem('public_url_needed', 'Host', { found }));
}

function common({ dialect, context }: Accepting) {
  return { dialect: dialect.id, region: context.region };
}

/** Accepts once for each key, and once for what its client marks as the same again. */
async function once(call: Accepting, faulty: FaultyCreate, submit: Submit): Promise<Response> {
  const { caller, dialect, ask, parts } = call;
  const { publicId } = dialect;
  const work = async (repeat: Repeat, run: Run, instants: OnceOptions['instants']) =>
    await answerFor(call, await submitOnce(parts.generations, { ...repeat, run, instants, publicId }, submit));
  const key = repeatKey(call);
  if (key !== undefined) {
    const repeat = { caller, dialect: dialect.id, key, fingerprint: fingerprintOf(call) };
    return await faulty.finish(await onceFor(repeat, parts, (run) => work(repeat, run, daysOfKey())));
  }
  const count = headerOf(ask, 'x-stainless-retry-count') ?? '';
  const { repeatSeconds } = caller;
  if (!/^\d{1,3}$/.test(count) && repeatSeconds === undefined) {
    const digits = randomBytes(16).toString('hex');
    return await faulty.finish(
      await answerFor(call, await submit(dialect.publicId(digits, call.clock.now), undefined)),
    );
  }
  // Clients of this family count their tries. The first of them may well be meant as another film like the last one; the others are not. Whose
  // key asks for it never means another one.
  const fingerprint = fingerprintOf(call);
  const repeat = { caller, dialect: dialect.id, key: `retry ${caller.keyId ?? ''} ${fingerprint}`, fingerprint };
  const anew = repeatSeconds === undefined && Number(count) === 0;
  const options = { keepSeconds: repeatSeconds ?? retrySeconds, runningSeconds, anew };
  const answer = await onceFor({ ...repeat, ...options }, parts, (run) => work(repeat, run, [run.since.getTime()]));
  return await faulty.finish(answer);
}

/** What makes it the same request when it comes again: a form's border does not, its files do. */
function fingerprintOf({ dialect, basePath, ask }: Accepting): string {
  const { method, path, query, body } = ask;
  const text = JSON.stringify([dialect.id, basePath, method, path.replace(/\/+$/, ''), query, body]);
  return hash('sha256', text);
}

async function answerFor(call: Accepting, outcome: Outcome<WholeGeneration>): Promise<TextAnswer> {
  const asked = call.question.does === 'create' ? call.question.request : undefined;
  if (!outcome.ok) return refuseWith(call, outcome.problems, asked);
  const generation = await prepared(call, outcome.value);
  const refusals = generation.state === 'failed' ? generation.attempts.flatMap(({ problems }) => problems) : [];
  if (looksFirst(generation.model) && refusals.length > 0 && !failsLate(generation.faults))
    return refuseWith(call, refusals, generation.request);
  const { view } = await viewOf(call, generation);
  const answer = textOf(encodeReply(call as DialectCall<'create'>, view));
  return { ...answer, headers: { ...answer.headers, ...generationHeaders(generation) } };
}

/** Where a vendor looks at the media before it answers, so does this: what it refuses is then refused at once. */
async function prepared({ parts, caller }: Accepting, generation: WholeGeneration): Promise<WholeGeneration> {
  if (generation.state !== 'preparing' || !looksFirst(generation.model)) return generation;
  const isPrepared = (state: WholeGeneration['state']) => state !== 'preparing';
  return (await parts.generations.wait(caller, generation.id, mostPrepareSeconds, isPrepared)) ?? generation;
}

function looksFirst(model: string): boolean {
  return findCard(model)?.looksAtMedia?.at === 'submit';
}
