import { shapeMessage } from '@refreel/core/authoring';
import { type Problem, problem, Refusal, type State, states, stateTable } from '@refreel/core/model';
import { z } from 'zod';
import type { Fault } from '../../sandbox/fault-table.ts';
import type { Run, WholeGeneration } from '../../store/index.ts';
import { json, jsonText, refusalText, type TextAnswer } from '../answer.ts';
import { filmFault, showInstead } from '../asked-faults.ts';
import { type FaultyCreate, faultyCreate, unmarked, unmarkedPrompt } from '../faulty-create.ts';
import type { Parts } from '../parts.ts';
import { repeatKey, textOncePerKey } from '../repeat.ts';
import { authoredBodyWith, type Call, type ReadCall, type Route, route } from '../route.ts';
import { sendFilm } from '../send-film.ts';
import { daysOfKey, type OnceOptions, type Submit, submitOnce } from '../submit-once.ts';
import {
  AssetAnswer,
  CancelAnswer,
  DeletedAnswer,
  flag,
  GenerationAnswer,
  instant,
  ProjectId,
  pageOf,
  pageQuery,
  wholeNumber,
} from './shapes.ts';
import { generationHeaders, writeAsset, writeGeneration } from './write-generation.ts';

const mostWaitSeconds = 120;
const common = { access: 'caller', group: 'Generations' } as const;
const accepting = z.strictObject({
  wait: wholeNumber(0, mostWaitSeconds).optional(),
  region: z.string().min(1).max(40).optional(),
});
const accepted = {
  200: { says: 'It ended within the seconds of `wait`', schema: GenerationAnswer },
  202: { says: 'Accepted: it will be finished, whatever happens to this server', schema: GenerationAnswer },
  409: { says: 'The Idempotency-Key came before with another request, or its first request is still at work' },
  422: { says: 'The request cannot be made; every reason is told' },
};
const repeatable = {
  'Idempotency-Key': 'The same request again has the same answer, for a day',
  'X-Refreel-Fault': 'What is to go wrong with it, on a server that shows faults',
};
const unknown = { says: 'No such generation' };

const vendorsId = shapeMessage({ en: 'an id as the vendor shows it', zh: '服务商显示的 id' });
const Resolve = z.strictObject({
  /** 0-based. */
  attempt: z.int().min(0).max(1000).optional(),
  as: z.union([
    z.enum(['not-created', 'failed']),
    z.strictObject({ id: z.string().regex(/^[\x21-\x7e]{1,300}$/, vendorsId) }),
    z.strictObject({ handle: z.json() }),
  ]),
  billed: z.enum(['yes', 'no', 'unknown']).optional(),
});

const statesSaid = shapeMessage({
  en: `states separated by commas, of ${states.join(', ')}`,
  zh: `以逗号分隔的状态：${states.join('、')}`,
});
const isState = (text: string): text is State => (states as readonly string[]).includes(text);
const StateList = z
  .string()
  .refine((text) => text.split(',').every(isState), statesSaid)
  .transform((text) => text.split(',').filter(isState))
  .meta({ description: statesSaid });

/** What `POST /v1/quotes` told: the film costs no more than that. */
const QuoteId = z.string().min(1).max(100);

/** A request's life. */
export const generationRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    path: '/v1/generations',
    owned: false,
    summary: 'Have a film made',
    query: accepting,
    headers: repeatable,
    body: authoredBodyWith(z.object({ quote: QuoteId.optional(), project: ProjectId.optional() })),
    answers: { ...accepted, 402: { says: 'A budget has not enough left' } },
    answer(call, parts) {
      const { request, problems, notes, beside } = call.body;
      if (problems.length > 0) throw new Refusal(...problems);
      const asked = unmarked(request, parts);
      return accept(call, parts, asked.faults, call.query.wait, async (spoil, publicId, idempotencyKey) => {
        const { faults, notes: more } = await spoil(request.model);
        return await parts.generations.submit(call.caller, {
          request: asked.request,
          notes: [...notes, ...more],
          faults,
          dialect: 'native',
          echo: beside.project === undefined ? {} : { project: beside.project },
          region: call.query.region,
          quote: beside.quote,
          idempotencyKey,
          publicId,
        });
      });
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/generations',
    owned: false,
    summary: 'The generations of the workspace, newest first',
    query: z.strictObject({
      ...pageQuery,
      state: StateList.optional(),
      model: z.string().max(200).optional(),
      dialect: z.string().max(40).optional(),
      starred: flag.optional(),
      deleted: flag.optional().meta({ description: 'those that were deleted and can be restored' }),
      project: ProjectId.optional(),
      text: z.string().trim().min(1).max(200).optional(),
      from: instant.optional(),
      until: instant.optional(),
    }),
    answers: { 200: { says: 'A page of them', schema: pageOf(GenerationAnswer) } },
    async answer(call, { generations }) {
      const { limit = 20, state, ...filter } = call.query;
      const page = await generations.list(call.caller, { ...filter, limit, states: state });
      return json(200, { ...page, items: page.items.map((one) => writeGeneration(one, call)) });
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/generations/{id}',
    owned: true,
    summary: 'One generation; with `wait` the answer comes when it has ended, or the seconds are over',
    query: z.strictObject({ wait: wholeNumber(0, mostWaitSeconds).optional() }),
    answers: { 200: { says: 'As it is now', schema: GenerationAnswer }, 404: unknown },
    async answer(call, parts) {
      const { wait = 0 } = call.query;
      if (wait > 0) await parts.generations.wait(call.caller, call.path.id!, wait);
      const found = await findOwn(call, parts);
      await showInstead(call.request, parts, { askedFor: 'look', dialect: 'native', model: found.model });
      return json(200, writeGeneration(found, call), generationHeaders(found));
    },
  }),
  route({
    ...common,
    method: 'PATCH',
    path: '/v1/generations/{id}',
    owned: true,
    summary: 'Give it a star, by which it is found again, or take it away',
    body: { schema: z.strictObject({ starred: z.boolean() }) },
    answers: { 200: { says: 'As it is now', schema: GenerationAnswer }, 404: unknown },
    async answer(call, { generations }) {
      const changed = await generations.star(call.caller, call.path.id!, call.body.starred);
      if (changed === undefined) throw new Refusal(unknownGeneration(call.path.id!));
      return json(200, writeGeneration(changed, call), generationHeaders(changed));
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/v1/generations/{id}',
    owned: true,
    summary: 'Delete one that has ended, with its films; it can be restored for 30 days',
    answers: {
      200: { says: 'Deleted; until when it can be restored', schema: DeletedAnswer },
      404: unknown,
      409: { says: 'It has not ended: cancel it first' },
    },
    async answer({ caller, path }, { generations }) {
      const id = path.id!;
      const hidden = await generations.hide(caller, id);
      if (hidden === undefined) throw new Refusal(unknownGeneration(id));
      if (hidden === 'unfinished') throw new Refusal(problem('generation_unfinished', 'id', { found: id }));
      return json(200, { id, ...hidden });
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/generations/{id}/undelete',
    owned: true,
    summary: 'Take back that it was deleted: it is there again with its films',
    body: { schema: z.strictObject({}), optional: true },
    answers: { 200: { says: 'As it is now', schema: GenerationAnswer }, 404: { says: 'No such generation any more' } },
    async answer(call, parts) {
      const restored = await parts.generations.restore(call.caller, call.path.id!);
      // Whoever asks twice finds what the first asking brought back.
      const found = restored ?? (await findOwn(call, parts));
      return json(200, writeGeneration(found, call), generationHeaders(found));
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/generations/{id}/stills',
    owned: true,
    summary: 'Keep a picture of a film as an asset: the last one, or what shows at a second',
    body: {
      schema: z.strictObject({
        /** 0-based. */
        film: z.int().min(0).max(1000).optional(),
        /** Seconds from its beginning; left out, the last picture. */
        at: z.number().min(0).max(100_000).optional(),
      }),
      optional: true,
    },
    answers: {
      201: { says: 'Stored and measured, as PNG in the size of the film', schema: AssetAnswer },
      404: { says: 'No such generation, or it has no such film (yet)' },
    },
    async answer(call, parts) {
      const { id, state, films } = await findOwn(call, parts);
      const { film: index = 0, at } = call.body ?? {};
      const kept = await parts.generations.still(call.caller, { generationId: id, index }, at);
      if (kept === undefined)
        throw new Refusal(problem('film_unknown', 'film', { id, state, found: index, limit: films.length }));
      if (!kept.ok) throw new Refusal(...kept.problems);
      return json(201, writeAsset(kept.value, call.base));
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/generations/{id}/cancel',
    owned: true,
    summary: 'Cancel it, in whatever state; what has ended stays as it is',
    body: { schema: z.strictObject({}), optional: true },
    answers: {
      200: { says: 'The state after it; `changed` says whether there was anything to cancel', schema: CancelAnswer },
      404: unknown,
    },
    async answer({ caller, path }, { generations }) {
      const cancelled = await generations.cancel(caller, path.id!);
      if (cancelled === undefined) throw new Refusal(unknownGeneration(path.id!));
      return json(200, { id: path.id, ...cancelled });
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/generations/{id}/resolve',
    owned: true,
    summary: "Settle an attempt that is unconfirmed, after a look into the vendor's console",
    body: { schema: Resolve },
    answers: {
      200: { says: 'As it is now', schema: GenerationAnswer },
      404: unknown,
      409: { says: 'The attempt is not unconfirmed' },
    },
    async answer(call, { generations }) {
      const { attempt = 0, as, billed } = call.body;
      const resolved = await generations.resolve(call.caller, call.path.id!, { attempt, as, billed });
      if (resolved === undefined) throw new Refusal(unknownGeneration(call.path.id!));
      if (!resolved.ok) throw new Refusal(...resolved.problems);
      return json(200, writeGeneration(resolved.value, call), generationHeaders(resolved.value));
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/generations/{id}/remix',
    owned: true,
    summary: 'A new film from a finished one: another prompt, everything else inherited',
    query: accepting,
    headers: repeatable,
    body: { schema: z.strictObject({ prompt: z.string().min(1) }) },
    answers: { ...accepted, 404: unknown },
    async answer(call, parts) {
      const source = await findOwn(call, parts);
      const asked = unmarkedPrompt(call.body.prompt, parts);
      return await accept(call, parts, asked.faults, call.query.wait, async (spoil, publicId, idempotencyKey) => {
        const { faults, notes } = await spoil(source.model);
        return await parts.generations.remix(call.caller, { id: source.id }, asked.prompt, {
          notes,
          faults,
          dialect: 'native',
          echo: source.dialect === 'native' ? source.echo : {},
          region: call.query.region,
          idempotencyKey,
          publicId,
        });
      });
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/generations/{id}/content',
    owned: true,
    summary: 'A film, whole or in part',
    query: z.strictObject({ film: wholeNumber(0, 1000).optional(), download: flag.optional() }),
    headers: { Range: 'bytes=0-1023', 'If-None-Match': 'The ETag, which is the hash', 'If-Range': 'The ETag' },
    answers: {
      200: { says: 'All of it', type: 'video/mp4' },
      206: { says: 'The range', type: 'video/mp4' },
      304: { says: 'The caller has it' },
      404: { says: 'No such generation, or it has no such film (yet)' },
      416: { says: 'The range lies outside' },
    },
    async answer(call, parts) {
      const generation = await findOwn(call, parts);
      const { film: index = 0, download = false } = call.query;
      const { id, state, films } = generation;
      const film = films.find((one) => one.index === index);
      if (film === undefined)
        throw new Refusal(problem('film_unknown', 'film', { id, state, found: index, limit: films.length }));
      const type = film.mediaType.split('/')[1]?.replace(/\W/g, '');
      const content = { ...film, fileName: `${id}-${index}.${type}` };
      const { model, faults } = generation;
      await showInstead(call.request, parts, { askedFor: 'content', dialect: 'native', model });
      const fault = filmFault(call.request, parts, faults);
      if (fault === 'expired_url') throw new Refusal(unknownGeneration(call.path.id!));
      const answer = await sendFilm(call.request, parts.files, content, download, fault);
      for (const [name, value] of Object.entries(generationHeaders(generation))) answer.headers.set(name, value);
      return answer;
    },
  }),
];

/** The caller's generation that the path names. @throws Refusal */
export async function findOwn({ caller, path }: Call, { generations }: Parts): Promise<WholeGeneration> {
  const found = await generations.find(caller, { id: path.id! });
  if (found === undefined) throw new Refusal(unknownGeneration(path.id!));
  return found;
}

function unknownGeneration(id: string): Problem {
  return problem('generation_unknown', 'id', { found: id.slice(0, 100) });
}

async function accept(
  call: ReadCall<unknown, unknown>,
  parts: Parts,
  marked: readonly Fault[],
  waitSeconds: number | undefined,
  submitSpoilt: (spoil: FaultyCreate['begin'], ...ids: Parameters<Submit>) => ReturnType<Submit>,
): Promise<Response> {
  const key = repeatKey(call);
  const faulty = faultyCreate({ request: call.request, dialect: 'native', parts }, marked);
  const submit: Submit = (...ids) => submitSpoilt(faulty.begin, ...ids);
  const answer = await textOncePerKey(call, parts, call.fingerprint, async (run) => {
    const outcome =
      key === undefined || run === undefined
        ? await submit(undefined, undefined)
        : await submitOnce(parts.generations, onceOf(call, key, run), submit);
    if (!outcome.ok) return refusalText(outcome.problems, call.language);
    return await tellAccepted(call, parts, outcome.value, waitSeconds ?? 0);
  });
  return await faulty.finish(answer);
}

function onceOf({ caller, fingerprint }: ReadCall<unknown, unknown>, key: string, run: Run): OnceOptions {
  const publicId = (digits: string) => `once_${digits}`;
  return { caller, key, fingerprint, run, instants: daysOfKey(), dialect: 'native', publicId };
}

/**
 * Waits no longer than somebody is there to be answered: whoever was cut off asks again under the same key, which is taken until this has ended.
 * Undefined then.
 */
async function waitWithCaller(
  { caller, request: { signal } }: Call,
  { generations }: Parts,
  id: string,
  seconds: number,
): Promise<WholeGeneration | undefined> {
  const waited = generations.wait(caller, id, seconds);
  const { promise: gone, resolve: leave } = Promise.withResolvers<undefined>();
  const onAbort = () => leave(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  // It may fail after nobody waits for it any more.
  waited.catch(() => {});
  return await Promise.race([waited, gone]).finally(() => signal.removeEventListener('abort', onAbort));
}

async function tellAccepted(
  call: Call,
  parts: Parts,
  generation: WholeGeneration,
  waitSeconds: number,
): Promise<TextAnswer> {
  const now =
    waitSeconds === 0 ? generation : ((await waitWithCaller(call, parts, generation.id, waitSeconds)) ?? generation);
  const ended = waitSeconds > 0 && stateTable[now.state].terminal;
  const location = `${call.base}/v1/generations/${now.id}`;
  return jsonText(ended ? 200 : 202, writeGeneration(now, call), { location, ...generationHeaders(now) });
}
