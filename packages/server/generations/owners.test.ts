import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEveryDatabase } from '../test-databases.ts';
import type { Caller, Generations } from './service.ts';
import {
  accepted,
  ended,
  type Ground,
  openGround,
  picture,
  smallRequest,
  subjectRequest,
  submission,
} from './test-ground.ts';

onEveryDatabase((databaseUrl) => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await openGround({}, databaseUrl());
  });
  afterAll(() => ground.close());

  test('of another workspace no method shows, changes or tells anything', async () => {
    const [owner, stranger] = [await ground.caller(), await ground.caller()];
    const { generations } = ground;
    const kept = await generations.keep(owner, { kind: 'stream', content: Readable.from([await picture()]) });
    if (!kept.ok) throw new Error('not kept');
    const { sha256 } = kept.value;
    const own = submission(subjectRequest(`asset:${sha256}`), { dialect: 'dashscope', publicId: 'task-1' });
    const generation = await accepted(generations, owner, own);
    await ended(generations, owner, generation.id);

    const refused = { ok: false, problems: [{ code: 'media_not_stored', path: 'references[0].image' }] };
    const missing = { ok: false, problems: [{ code: 'remix_source_missing' }] };
    const bare = { dialect: 'native', echo: {}, notes: [] };
    const attacks: Record<
      keyof Omit<Generations, 'close' | 'facts' | 'shown' | 'speak'>,
      (caller: Caller) => Promise<unknown>
    > = {
      review: async (caller) => (await generations.review(caller, own.request)).problems[0]?.code,
      quote: (caller) => generations.quote(caller, own.request),
      compare: async (caller) =>
        (await generations.compare(caller, own.request, ['animatic'], { problems: [] })).reports[0]?.problems[0]?.code,
      submit: (caller) => generations.submit(caller, submission(own.request)),
      remix: (caller) => generations.remix(caller, { id: generation.id }, 'Again.', bare),
      find: (caller) => generations.find(caller, { dialect: 'dashscope', publicId: 'task-1' }),
      list: async (caller) => (await generations.list(caller, { limit: 9 })).items,
      browse: (caller) => generations.browse(caller, { dialect: 'dashscope', skip: 0, limit: 9, oldestFirst: false }),
      cancel: (caller) => generations.cancel(caller, generation.id),
      remove: (caller) => generations.remove(caller, generation.id),
      star: (caller) => generations.star(caller, generation.id, true),
      hide: (caller) => generations.hide(caller, generation.id),
      restore: async (caller) => {
        await generations.hide(owner, generation.id);
        const restored = await generations.restore(caller, generation.id);
        await generations.restore(owner, generation.id);
        return restored;
      },
      still: (caller) => generations.still(caller, { generationId: generation.id, index: 0 }, undefined),
      resolve: (caller) => generations.resolve(caller, generation.id, { attempt: 0, as: 'not-created' }),
      wait: (caller) => generations.wait(caller, generation.id, 5),
      keep: async (caller) => {
        const again = await generations.keep(caller, { kind: 'stream', content: Readable.from([await picture(9)]) });
        return again.ok && again.value.sha256 === sha256;
      },
      asset: (caller) => generations.asset(caller, sha256),
      draftFacts: async (caller) => (await generations.draftFacts(caller, own.request)).facts.media,
      cutout: (caller) => generations.cutout(caller, sha256),
      // Whoever has no such asset cannot name it, and a name that another workspace gave means nothing here.
      nameAsset: async (caller) => {
        await generations.nameAsset(owner, { name: 'oss://a/b', sha256, expiresAt: undefined, model: undefined });
        const named = await generations.submit(caller, submission(subjectRequest('oss://a/b')));
        const kept = await generations
          .nameAsset(caller, { name: 'oss://c', sha256, expiresAt: undefined, model: undefined })
          .catch(() => 'refused');
        return [named.ok, kept];
      },
      assets: async (caller) =>
        (await generations.assets(caller, { limit: 9 })).items.filter((one) => one.sha256 === sha256),
      events: async (caller) => {
        const seen = [];
        for await (const event of generations.events(caller, { after: 0 }, AbortSignal.timeout(100))) seen.push(event);
        return seen;
      },
    };
    const answers: Record<string, unknown> = {};
    for (const [name, attack] of Object.entries(attacks)) answers[name] = await attack(stranger);
    expect(answers).toMatchObject({
      review: 'media_not_stored',
      quote: refused,
      compare: 'media_not_stored',
      draftFacts: {},
      submit: refused,
      remix: missing,
      list: [],
      browse: { items: [], total: 0, more: false },
      remove: false,
      nameAsset: [false, 'refused'],
      keep: false,
      assets: [],
      events: [],
    });
    for (const name of ['find', 'star', 'hide', 'restore', 'still', 'cancel', 'resolve', 'wait', 'asset', 'cutout'])
      expect([name, answers[name]]).toEqual([name, undefined]);
    // The owner has all of it, and the same public id in another workspace is no clash.
    expect(await generations.find(owner, { dialect: 'dashscope', publicId: 'task-1' })).toMatchObject({
      state: 'done',
    });
    const same = submission(smallRequest(), { dialect: 'dashscope', publicId: 'task-1' });
    expect((await accepted(generations, stranger, same)).id).not.toBe(generation.id);
  });
});
