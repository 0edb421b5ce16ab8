import { AuthoredReference, readReferences } from '@refreel/core/authoring';
import { mediaOf, Name, type Problem, problem, type Reference, Refusal, referenceKinds } from '@refreel/core/model';
import { z } from 'zod';
import { assetHash } from '../../generations/asset-hash.ts';
import {
  changeReference,
  findReferences,
  listReferences,
  removeReference,
  type SavedReference,
  savedReferenceId,
  saveReference,
  usesOfReferences,
} from '../../store/index.ts';
import { json, jsonText } from '../answer.ts';
import type { Parts } from '../parts.ts';
import { oncePerKey } from '../repeat.ts';
import { type Call, type Route, route } from '../route.ts';
import { pageOf, pageQuery } from './shapes.ts';

const mostAngles = 20;
const mostUsesShown = 10;
const { id: _, saved: __, name: ___, angles, ...media } = AuthoredReference.shape;

const Description = z.string().trim().min(1).max(2000);

/** A reference as requests write it, and what people are told of it. */
const NewReference = z.strictObject({
  name: Name,
  description: Description.optional(),
  ...media,
  angles: angles.unwrap().max(mostAngles).optional(),
});

const ReferenceAnswer = z.object({
  id: z.string(),
  kind: z.enum(referenceKinds),
  name: z.string(),
  description: z.string().nullable(),
  image: z.string().optional(),
  angles: z.array(z.string()).optional(),
  clip: z.string().optional(),
  video: z.string().optional(),
  use: z.string().optional(),
  keepSound: z.boolean().optional(),
  voice: z.string().optional(),
  createdAt: z.iso.datetime(),
  /** Generations that were accepted with it: how many, and the newest ones. */
  uses: z.object({ count: z.int(), newest: z.array(z.string()) }),
});
const common = { access: 'caller', group: 'References' } as const;
const unknown = { says: 'No such reference' };

/** References to be used again: a request names one as `{"saved": "<id or name>"}` among its references. */
export const referenceRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'POST',
    path: '/v1/references',
    owned: false,
    summary: 'Keep a reference under a name of its own; its media are assets of the workspace',
    headers: { 'Idempotency-Key': 'The same request again has the same answer, for a day' },
    body: { schema: NewReference },
    answers: {
      201: { says: 'Kept', schema: ReferenceAnswer },
      409: { says: 'The name is taken' },
      422: { says: 'A medium is not there, or is of another kind' },
    },
    answer: (call, parts) =>
      oncePerKey(call, parts, call.fingerprint, async () => {
        const { description, ...written } = call.body;
        const reference = await readOne(written, call, parts);
        const saved = await saveReference(
          parts.database.connection,
          call.caller.workspace,
          reference,
          description ?? null,
        );
        if (saved === undefined) throw new Refusal(problem('reference_name_taken', 'name', { found: reference.name }));
        const location = `${call.base}/v1/references/${saved.id}`;
        return jsonText(201, await writeReference(saved, call, parts), { location });
      }),
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/references',
    owned: false,
    summary: 'The references that the workspace keeps, newest first',
    query: z.strictObject(pageQuery),
    answers: { 200: { says: 'A page of them', schema: pageOf(ReferenceAnswer) } },
    async answer(call, parts) {
      const { limit = 20, cursor } = call.query;
      const page = await listReferences(parts.database.connection, call.caller.workspace, { limit, cursor });
      return json(200, { ...page, items: await writeReferences(page.items, call, parts) });
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/references/{id}',
    owned: true,
    summary: 'One of them, and where it was used',
    answers: { 200: { says: 'The reference', schema: ReferenceAnswer }, 404: unknown },
    async answer(call, parts) {
      const id = call.path.id!;
      const [found] = savedReferenceId.test(id)
        ? await findReferences(parts.database.connection, call.caller.workspace, [id])
        : [];
      if (found === undefined) throw new Refusal(unknownReference(id));
      return json(200, await writeReference(found, call, parts));
    },
  }),
  route({
    ...common,
    method: 'PATCH',
    path: '/v1/references/{id}',
    owned: true,
    summary: 'Call it otherwise, or say something else of it; generations that used it keep the name that they had',
    body: {
      schema: z.strictObject({
        name: Name.optional(),
        /** Null takes it away. */
        description: Description.nullable().optional(),
      }),
    },
    answers: {
      200: { says: 'As it is now', schema: ReferenceAnswer },
      404: unknown,
      409: { says: 'The name is taken' },
    },
    async answer(call, parts) {
      const id = call.path.id!;
      const { name } = call.body;
      if (name !== undefined) refuseIdAsName(name);
      const changed = await changeReference(parts.database.connection, call.caller.workspace, id, call.body);
      if (changed === undefined) throw new Refusal(unknownReference(id));
      if (changed === 'taken') throw new Refusal(problem('reference_name_taken', 'name', { found: name! }));
      return json(200, await writeReference(changed, call, parts));
    },
  }),
  route({
    ...common,
    method: 'DELETE',
    path: '/v1/references/{id}',
    owned: true,
    summary: 'Keep it no longer; generations that used it keep what they were made of, and are told',
    answers: { 200: { says: 'What it was, and where it was used', schema: ReferenceAnswer }, 404: unknown },
    async answer({ caller, path }, { database: { connection } }) {
      // Its uses go with it.
      const [uses] = await usesOfReferences(connection, caller.workspace, [path.id!], mostUsesShown);
      const removed = await removeReference(connection, caller.workspace, path.id!);
      if (removed === undefined) throw new Refusal(unknownReference(path.id!));
      return json(200, { ...fieldsOf(removed), uses });
    },
  }),
];

/** @throws Refusal with everything that is wrong with it; paths are those of the body. */
async function readOne(
  written: Omit<AuthoredReference, 'id' | 'saved'>,
  call: Call,
  { generations }: Parts,
): Promise<Reference> {
  const refuse = (problems: readonly Problem[]) =>
    new Refusal(...problems.map((one) => ({ ...one, path: one.path.replace(/^references\[0\]\.?/, '') })));
  const problems: Problem[] = [];
  const [reference] = readReferences([written], problems);
  if (reference === undefined) throw refuse(problems);
  refuseIdAsName(reference.name);
  const limit = {
    en: '`asset:` and the hash of what was stored with POST /v1/assets',
    zh: '`asset:` 加上以 POST /v1/assets 存储后得到的哈希',
  };
  const foreign = mediaOf(reference, 'references[0]').filter((one) => assetHash(one.media) === undefined);
  if (foreign.length > 0)
    throw refuse(foreign.map(({ path, media: found }) => problem('media_address', path, { found, limit })));
  // A request of it alone, for the model that takes everything: what is said of the reference is said of it anywhere.
  const request = { model: 'animatic', references: [reference], shots: [{ prompt: [{ mention: reference.id }] }] };
  const reviewed = await generations.review(call.caller, request);
  const own = reviewed.problems.filter((one) => one.path.startsWith('references[0]'));
  if (own.length > 0) throw refuse(own);
  return reference;
}

async function writeReference(saved: SavedReference, call: Call, parts: Parts) {
  return (await writeReferences([saved], call, parts))[0]!;
}

async function writeReferences(all: readonly SavedReference[], { caller }: Call, { database }: Parts) {
  const ids = all.map(({ id }) => id);
  const uses = await usesOfReferences(database.connection, caller.workspace, ids, mostUsesShown);
  return all.map((one, index) => ({ ...fieldsOf(one), uses: uses[index]! }));
}

function fieldsOf({ id, description, reference, createdAt }: SavedReference) {
  return { ...reference, id, description, createdAt };
}

/** @throws Refusal: a word in a request would mean two things */
function refuseIdAsName(name: string): void {
  if (!savedReferenceId.test(name)) return;
  const found = { en: 'it looks like the id of a saved reference', zh: '与已保存参考的 id 形式相同' };
  throw new Refusal(problem('invalid_request', 'name', { found }));
}

function unknownReference(id: string): Problem {
  return problem('reference_unknown', 'id', { found: id.slice(0, 100) });
}
