import { randomBytes } from 'node:crypto';
import { type Dialect, dialects, exchangesOf, type Question } from '@refreel/core/dialects';
import type { Reference, Request } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import { ask } from '../../packages/server/test-server.ts';
import { openDocumentedClient } from './documented-client.ts';
import { addressesOf, askOf, contextOf, exampleOf, type Made, type Stage, tellingOf } from './stage.ts';

const deedsById = ['look', 'cancel', 'delete', 'content', 'remix'] as const;

function questionsAbout(does: (typeof deedsById)[number], id: string, model: string): Question[] {
  if (does === 'look')
    return [
      { does, id, model },
      { does, id, model, thenDelete: true },
    ];
  if (does === 'delete') return [{ does, id, model }];
  if (does === 'cancel') return [{ does, id, whileIn: ['queued', 'running', 'done'] }];
  if (does === 'remix') return [{ does, id, prompt: 'Snow falls.' }];
  return (['video', 'thumbnail', 'spritesheet'] as const).map((variant) => ({ does, id, variant }));
}

const rows = dialects.flatMap((dialect) =>
  exchangesOf(dialect).flatMap((exchange) => {
    const does = deedsById.find((one) => one === exchange.does);
    if (does === undefined) return [];
    const title = `${dialect.id}: ${exchange.method} ${exchange.path}`;
    return questionsAbout(does, '', '').map((_, index) => [title, index, { dialect, exchange, does }] as const);
  }),
);

/** A request with one picture, in the house's words. */
function pictured({ id }: Dialect, image: string): Request {
  const subject: Reference = { kind: 'subject', id: 'r1', name: 'cup', image };
  const plain: Reference = { kind: 'image', id: 'r1', name: 'cup', image };
  const shots = (seconds: number) => [{ prompt: [{ mention: 'r1' }, ' steams.'], seconds }];
  const bare = { references: [], shots: [{ prompt: ['Rain.'], seconds: 4 }], size: { width: 1280, height: 720 } };
  const requests: Record<string, Request> = {
    openai: { model: 'sora-2', ...bare, startFrame: image },
    qiniu: { model: 'sora-2', ...bare, startFrame: image },
    venice: { model: 'kling-o3-standard-reference-to-video', references: [subject], shots: shots(3) },
    toapis: { model: 'kling-v3', references: [plain], shots: [{ prompt: ['Steam.'], seconds: 5 }] },
    baicai: { model: 'PixVerse-v4.5-MR2V', references: [subject], shots: shots(5), tier: '360p' },
    dashscope: { model: 'wan2.7-r2v', references: [plain], shots: shots(2), tier: '720p' },
  };
  return requests[id]!;
}

/** Whatever a stranger's key asks about, it is as unknown as any other. */
export function describeStrangers(stage: () => Stage): void {
  const visit = (dialect: Dialect, key = stage().other) => openDocumentedClient(stage().server.url, dialect, { key });
  const madeBy = ({ id }: Dialect): Made => stage().made.get(id)!;
  const nobodys = (dialect: Dialect) => dialect.publicId(randomBytes(16).toString('hex'), Date.now());

  describe('a stranger with a key', () => {
    test.each(rows)('%s (%i)', async (_, index, { dialect, exchange, does }) => {
      const { id, model } = madeBy(dialect);
      const client = await visit(dialect);
      const unknown = nobodys(dialect);
      const tellingsOf = async (about: string) => {
        const question = questionsAbout(does, about, model)[index]!;
        return tellingOf(await client.send(askOf(dialect, exchange, question)), about);
      };
      const found = await tellingsOf(id);
      expect(found).toEqual(await tellingsOf(unknown));
      // The first workspace has it, by the same request; what takes it away is not tried.
      if (does !== 'look' && does !== 'content') return;
      const question = questionsAbout(does, id, model)[index]!;
      if (question.does === 'look' && question.thenDelete) return;
      const own = await (await visit(dialect, stage().own)).send(askOf(dialect, exchange, question));
      expect(own.status).toBe(200);
      expect(tellingOf(own, id)).not.toEqual(found);
    });

    const cancelling = dialects.filter(({ exchanges }) => exchanges.cancel !== undefined);
    test.each(cancelling.map((dialect) => [dialect.id, dialect] as const))(
      '%s: what waits is not cancelled',
      async (_, dialect) => {
        const { client, model } = madeBy(dialect);
        const example = await exampleOf(dialect);
        const { id } = client.learn(example, await client.send(example));
        const [exchange] = dialect.exchanges.cancel!;
        const unknown = nobodys(dialect);
        const cancel = (about: string) =>
          askOf(dialect, exchange!, { does: 'cancel', id: about, whileIn: ['preparing', 'queued', 'running'] });
        const stranger = await visit(dialect);
        expect(tellingOf(await stranger.send(cancel(id)), id)).toEqual(
          tellingOf(await stranger.send(cancel(unknown)), unknown),
        );
        for (const look of await client.looks(id, model))
          expect(JSON.stringify(look.body)).not.toContain(dialect.words.cancelled);
        await client.send(cancel(id));
      },
    );

    const listing = dialects.filter(({ exchanges }) => exchanges.list !== undefined);
    test.each(listing.map((dialect) => [dialect.id, dialect] as const))('%s: in no list', async (_, dialect) => {
      const { id } = madeBy(dialect);
      for (const exchange of exchangesOf(dialect)) {
        if (exchange.does !== 'list') continue;
        const page = dialect.id === 'dashscope' ? { number: 1, size: 10 } : { after: undefined, size: 10 };
        const all = { from: undefined, to: undefined, model: undefined, states: undefined, newestFirst: true };
        const wish = askOf(dialect, exchange, { does: 'list', page, ...all, id: undefined });
        expect(JSON.stringify(await (await visit(dialect, stage().own)).send(wish))).toContain(id);
        expect(JSON.stringify(await (await visit(dialect)).send(wish))).not.toContain(id);
        if (!('after' in page)) continue;
        // Nor is it a place in a list.
        const from = (after: string) =>
          askOf(dialect, exchange, { does: 'list', page: { after, size: 10 }, ...all, id: undefined });
        const client = await visit(dialect);
        const unknown = nobodys(dialect);
        expect(tellingOf(await client.send(from(id)), id)).toEqual(
          tellingOf(await client.send(from(unknown)), unknown),
        );
      }
    });

    test.each(dialects.map((dialect) => [dialect.id, dialect] as const))(
      '%s: a picture that was stored here is none of a stranger’s',
      async (_, dialect) => {
        const { own, other } = stage();
        const answerTo = async (key: string, image: string) => {
          const start = dialect.voyage.start(pictured(dialect, image), contextOf(dialect));
          if (!start.ok) throw new Error(JSON.stringify(start.problems));
          return await (await visit(dialect, key)).send(start.message);
        };
        for (const picture of stage().pictures) {
          const forged = picture.replace(/[\da-f]{64}/, 'f'.repeat(64));
          expect(forged).not.toBe(picture);
          const refused = await answerTo(other, picture);
          expect(refused.status, JSON.stringify(refused)).toBeGreaterThanOrEqual(400);
          expect(tellingOf(refused, picture)).toEqual(tellingOf(await answerTo(other, forged), forged));
          // Its owner gets on: to a film, or to what is wrong with the picture itself.
          expect(tellingOf(await answerTo(own, picture), picture)).not.toEqual(tellingOf(refused, picture));
          const [newest] = (await stage().server.ask('/v1/generations?limit=1', { key: own })).json.items;
          if (!newest.ended)
            await stage().server.ask(`/v1/generations/${newest.id}/cancel`, { key: own, method: 'POST' });
        }
      },
    );

    test.each(dialects.map((dialect) => [dialect.id, dialect] as const))(
      '%s: what was made by another dialect is unknown, its owner’s too',
      async (_, dialect) => {
        const client = await visit(dialect, stage().own);
        for (const exchange of exchangesOf(dialect)) {
          if (exchange.does !== 'look') continue;
          for (const made of stage().made.values()) {
            if (made.dialect === dialect) continue;
            const unknown = nobodys(made.dialect);
            const tellingAbout = async (id: string) =>
              tellingOf(await client.send(askOf(dialect, exchange, { does: 'look', id, model: made.model })), id);
            expect(await tellingAbout(made.id)).toEqual(await tellingAbout(unknown));
          }
        }
      },
    );
  });

  describe('an address of a film is as good as its signature', () => {
    const forgeries: readonly [string, (url: URL) => void][] = [
      ['without a signature', (url) => url.searchParams.delete('signature')],
      ['with another signature', (url) => url.searchParams.set('signature', 'x'.repeat(43))],
      ['that lasts longer', (url) => url.searchParams.set('expires', '99999999999')],
      ['that never ends', (url) => url.searchParams.delete('expires')],
      ['of another film', (url) => (url.pathname = url.pathname.replace(/\d+\.mp4$/, '7.mp4'))],
      ['of another generation', (url) => (url.pathname = url.pathname.replace(/\/gen_\w/, '/gen_9'))],
      ['of another workspace', (url) => (url.pathname = url.pathname.replace(/^\/films\/\w+/, '/films/ws_1'))],
    ];
    test.each(forgeries)('%s', async (_, forge) => {
      let seen = 0;
      for (const made of stage().made.values())
        for (const address of addressesOf(made)) {
          seen += 1;
          const url = new URL(address);
          forge(url);
          expect(url.href).not.toBe(address);
          for (const key of [undefined, stage().other, stage().own]) {
            const answer = await ask(url.href, { key });
            expect([answer.status, /<Code>(\w+)</.exec(answer.bytes.toString())?.[1]]).toEqual([
              403,
              'SignatureDoesNotMatch',
            ]);
          }
        }
      expect(seen).toBeGreaterThanOrEqual(4);
    });
  });

  test('and after all of it every film is still there', async () => {
    for (const { client, films, id, model } of stage().made.values()) {
      for (const film of films) expect((await client.download(film)).length).toBeGreaterThan(10_000);
      for (const look of await client.looks(id, model)) expect(look.status).toBe(200);
    }
  });
}
