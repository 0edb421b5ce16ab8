import { afterAll, beforeAll, expect, test } from 'vitest';
import { onEveryDatabase } from '../test-databases.ts';
import { smallRequest, startTestServer, type TestServer } from '../test-server.ts';

function environmentOf(url: string | undefined): Record<string, string> {
  return url === undefined ? {} : { DATABASE_URL: url };
}

onEveryDatabase((databaseUrl) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(
      { environment: environmentOf(databaseUrl()) },
      { limits: { heartbeatSeconds: 0.2 } },
    );
  }, 60_000);
  afterAll(async () => {
    expect(server.faults).toEqual([]);
    await server.remove();
  });

  interface Seen {
    readonly id: number;
    readonly event: string;
    readonly data: { readonly generation: string; readonly data: { readonly state?: string } };
  }

  /** Reads a stream until it ends or enough was seen. */
  async function watch(path: string, headers: Record<string, string>, enough: (seen: Seen[], text: string) => boolean) {
    return await readStream(await fetch(server.url + path, { headers }), enough);
  }

  async function readStream(answer: Response, enough: (seen: Seen[], text: string) => boolean) {
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const seen: Seen[] = [];
    let text = '';
    let rest = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const frames = (rest + chunk).split('\n\n');
      rest = frames.pop()!;
      for (const frame of frames) {
        const [, id, event, data] = /^id: (\d+)\nevent: (.+)\ndata: (.+)$/.exec(frame) ?? [];
        if (data !== undefined) seen.push({ id: Number(id), event: event!, data: JSON.parse(data) });
      }
      if (enough(seen, text)) break;
    }
    return { seen, text };
  }

  const create = async () => (await server.ask('/v1/generations', { json: smallRequest })).json.id as string;
  const never = () => false;

  test("a generation's stream tells its life and ends with it", async () => {
    const id = await create();
    const { seen } = await watch(`/v1/generations/${id}/events`, {}, never);
    expect(seen[0]!.event).toBe('generation.accepted');
    expect(seen.at(-1)).toMatchObject({ event: 'generation.state', data: { generation: id, data: { state: 'done' } } });
    expect(seen.map((one) => one.id)).toEqual(
      [...new Set(seen.map((one) => one.id))].sort((one, other) => one - other),
    );

    // Told again after its end, from any place, it is the same and ends by itself.
    const again = await watch(`/v1/generations/${id}/events`, {}, never);
    expect(again.seen).toEqual(seen);
    const resumed = await watch(`/v1/generations/${id}/events`, { 'last-event-id': String(seen[1]!.id) }, never);
    expect(resumed.seen).toEqual(seen.slice(2));
    const after = await watch(`/v1/generations/${id}/events?after=${seen.at(-1)!.id}`, {}, never);
    expect(after.seen).toEqual([]);
  });

  test('an id that nothing has yet hides nothing: the store is another one than the stream knew', async () => {
    const later = { 'last-event-id': '999999999999999' };
    const everything = await fetch(`${server.url}/v1/events`, { headers: later });
    const id = await create();
    const own = await watch(`/v1/generations/${id}/events`, later, never);
    expect(own.seen[0]!.event).toBe('generation.accepted');
    expect(own.seen.at(-1)).toMatchObject({ event: 'generation.state', data: { data: { state: 'done' } } });
    const { seen } = await readStream(everything, (some) => some.some(({ data }) => data.data.state === 'done'));
    expect(seen[0]).toMatchObject({ event: 'generation.accepted', data: { generation: id } });
  });

  test('a stream that breaks goes on where it was: each event once', async () => {
    const stream = await fetch(`${server.url}/v1/events`);
    const id = await create();
    const { seen: all } = await readStream(stream, (seen) =>
      seen.some(({ event, data }) => event === 'generation.state' && data.data.state === 'done'),
    );
    expect(all[0]!.event).toBe('generation.accepted');
    expect(all.every(({ data }) => data.generation === id)).toBe(true);
    const pieces: Seen[] = [];
    let last = all[0]!.id - 1;
    while (pieces.length < all.length) {
      const { seen } = await watch('/v1/events', { 'last-event-id': String(last) }, (some) => some.length > 0);
      pieces.push(seen[0]!);
      last = seen[0]!.id;
    }
    expect(pieces).toEqual(all);
  });

  test('silence is filled, so that nobody takes the stream for dead', async () => {
    const { text } = await watch('/v1/events', {}, (_, all) => all.split(': still here').length > 2);
    expect(text.startsWith('retry: ')).toBe(true);
  });
});
