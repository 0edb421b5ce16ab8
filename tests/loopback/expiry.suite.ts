import { randomBytes } from 'node:crypto';
import { exchangesOf } from '@refreel/core/dialects';
import { describe, expect, test } from 'vitest';
import { ask } from '../../packages/server/test-server.ts';
import { openDocumentedClient } from './documented-client.ts';
import { addressesOf, askOf, type Made, type Stage, tellingOf } from './stage.ts';

const day = 86_400;
/** More than all the films took to be made. */
const margin = 900;

/** How long films live: the pages of Qiniu (7 days), DashScope and ToAPIs (24 hours), 2026-11-20; the others are ours. */
const lives: Readonly<Record<string, number>> = {
  dashscope: day,
  toapis: day,
  venice: day,
  baicai: day,
  openai: 7 * day,
  qiniu: 7 * day,
};

/** What each answers about a generation that is over: as about one that never was. */
const unknowns: Readonly<Record<string, readonly [status: number, says: RegExp]>> = {
  dashscope: [200, /"task_status":"UNKNOWN"/],
  toapis: [404, /"type":"not_found_error"/],
  venice: [404, /Media could not be found/],
  baicai: [404, /"data":null/],
  openai: [404, /"code":"not_found"/],
  qiniu: [404, /"code":"not_found"/],
};

/** By the clock of the stand-in: films and what is known of them die when the vendor's would. */
export function describeExpiry(stage: () => Stage): void {
  const everyMade = () => [...stage().made.values()];

  async function isThere({ client, dialect, id, model, films }: Made) {
    for (const look of await client.looks(id, model)) expect(look.status, dialect.id).toBe(200);
    for (const film of films)
      if (film.bytes === undefined) expect((await client.download(film)).length, dialect.id).toBeGreaterThan(10_000);
    const listed = await listOf({ client, dialect });
    if (listed !== undefined) expect(listed).toContain(id);
  }

  async function listOf({ client, dialect }: Pick<Made, 'client' | 'dialect'>) {
    const list = exchangesOf(dialect).find(({ does }) => does === 'list');
    if (list === undefined) return undefined;
    // The span of one vendor's list ends now, by its own clock.
    const answer = await client.send({ ...askOf(dialect, list, everything(dialect.id)), query: {} });
    return JSON.stringify(answer);
  }

  async function isGone({ client, dialect, id, model, ...made }: Made) {
    const unknown = dialect.publicId(randomBytes(16).toString('hex'), Date.now());
    const others = await client.looks(unknown, model);
    for (const [index, look] of (await client.looks(id, model)).entries()) {
      const [status, says] = unknowns[dialect.id]!;
      expect(look.status, dialect.id).toBe(status);
      expect(JSON.stringify(look.body), dialect.id).toMatch(says);
      expect(tellingOf(look, id)).toEqual(tellingOf(others[index]!, unknown));
    }
    for (const address of addressesOf({ client, dialect, id, model, ...made })) {
      const { status, headers, bytes } = await ask(address);
      expect([status, headers.get('content-type')], dialect.id).toEqual([403, 'application/xml']);
      expect(bytes.toString()).toContain('<Code>AccessDenied</Code>');
    }
    const owner = await openDocumentedClient(stage().server.url, dialect, { key: stage().own });
    for (const exchange of exchangesOf(dialect)) {
      const { does } = exchange;
      if (does !== 'content' && does !== 'remix') continue;
      const about = { id, prompt: 'Snow falls.', variant: 'video' } as const;
      const answer = await owner.send(askOf(dialect, exchange, { does, ...about } as never));
      expect(answer.status, `${dialect.id} ${does}`).toBe(404);
    }
    const listed = await listOf({ client, dialect });
    if (listed !== undefined) expect(listed).not.toContain(id);
    // Natively it is still there: the expiry is the vendor's.
    const native = await stage().server.ask(`/v1/generations?dialect=${dialect.id}`, { key: stage().own });
    expect(native.json.items.some((one: { state: string }) => one.state === 'done')).toBe(true);
  }

  describe('by the clock', () => {
    test('every film lives as long as its vendor says, and no longer', async () => {
      let passed = 0;
      for (const moment of [day - margin, day + margin, 7 * day - margin, 7 * day + margin]) {
        await stage().advance(moment - passed);
        passed = moment;
        for (const made of everyMade()) await (lives[made.dialect.id]! > moment ? isThere(made) : isGone(made));
      }
      expect(
        everyMade()
          .map(({ dialect }) => dialect.id)
          .toSorted(),
      ).toEqual(Object.keys(lives).toSorted());
    }, 60_000);
  });
}

function everything(dialect: string) {
  const page = dialect === 'dashscope' ? { number: 1, size: 10 } : { after: undefined, size: 10 };
  const all = { from: undefined, to: undefined, model: undefined, states: undefined, id: undefined };
  return { does: 'list', page, ...all, newestFirst: true } as const;
}
