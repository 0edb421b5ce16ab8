import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { openRefreel, type Refreel } from './index.ts';
import { type Answerer, answer, hangUp, refusal, startUnreliable, type Unreliable } from './test-unreliable.ts';

let server: Unreliable;
afterEach(() => server?.close());

async function against(...answers: readonly [Answerer, ...Answerer[]]): Promise<Refreel> {
  server = await startUnreliable(...answers);
  return openRefreel({ baseUrl: server.url });
}

describe('a download', () => {
  const film = randomBytes(300_000);
  const tag = `"${createHash('sha256').update(film).digest('hex')}"`;

  /** Sends from where it is asked for, `upTo` at most, and then cuts the line. */
  const send =
    (upTo = film.length, { etag = tag, bytes = film, ranges = true } = {}): Answerer =>
    (request, response) => {
      const from = ranges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
      const headers = { 'content-type': 'video/mp4', etag, 'content-length': bytes.length - from };
      response.writeHead(from > 0 ? 206 : 200, headers);
      response.write(bytes.subarray(from, upTo), () => {
        if (upTo < bytes.length) request.socket.destroy();
        else response.end();
      });
    };
  const all = async (refreel: Refreel) =>
    Buffer.from(await (await (await refreel.generations.download('gen_1')).blob()).arrayBuffer());

  test('goes on where the line was cut', async () => {
    const refreel = await against(hangUp, send(100_000), hangUp, send(200_000), send());
    expect((await all(refreel)).equals(film)).toBe(true);
    const [, , again, next, last] = server.asked;
    expect(again!.headers['if-range']).toBe(tag);
    const starts = [next, last].map((one) => Number(/^bytes=(\d+)-$/.exec(one!.headers.range!)![1]));
    expect(starts[0]).toBeGreaterThan(0);
    expect(starts[1]).toBeGreaterThan(starts[0]!);
  });

  test('also past something that ignores ranges or weakens the tag', async () => {
    const refreel = await against(send(100_000, { etag: `W/${tag}` }), send(film.length, { ranges: false }));
    expect((await all(refreel)).equals(film)).toBe(true);
  });

  test.each([
    ['of other bytes', [send(film.length, { bytes: Buffer.from(film).fill(1, 7, 8) })]],
    ['that became another one', [send(100_000), send(film.length, { etag: '"other"' })]],
  ] as [string, [Answerer]][])('%s fails at its end, and gives no film', async (_, answers) => {
    const refreel = await against(...answers);
    await expect(all(refreel)).rejects.toMatchObject({ kind: 'bad answer', retryable: false });
  });

  test('that never comes whole fails in the end; a refusal is told at once', async () => {
    const refreel = await against(send(100_000), hangUp);
    await expect(all(refreel)).rejects.toMatchObject({ kind: 'no answer' });
    server.close();
    const other = await against(answer(404, refusal('film_unknown', false)));
    await expect(other.generations.download('gen_1')).rejects.toMatchObject({ kind: 'refused', status: 404 });
  });

  test('ends with its caller', async () => {
    const refreel = await against(
      send(100_000),
      (_, response) => void response.writeHead(206, { etag: tag }).write('x'),
    );
    const aborting = new AbortController();
    const { stream } = await refreel.generations.download('gen_1', { signal: aborting.signal });
    aborting.abort(new Error('enough'));
    await expect(new Response(stream).arrayBuffer()).rejects.toThrow('enough');
  });
});

describe('events', () => {
  const event = (id: number, state: string) =>
    `id: ${id}\nevent: generation.state\ndata: ${JSON.stringify({ id, kind: 'generation.state', generation: 'gen_1', data: { state, before: 'x' }, at: '' })}\n\n`;
  const stream =
    (text: string, then: 'end' | 'cut' | 'wait' = 'end'): Answerer =>
    (request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(`retry: 1\n\n${text}`, () => {
        if (then === 'end') response.end();
        if (then === 'cut') request.socket.destroy();
      });
    };
  const done = { id: 'gen_1', state: 'done', ended: true, films: [] };

  test('are taken up again after the last one, until the end', async () => {
    const refreel = await against(
      stream(event(3, 'queued'), 'cut'),
      hangUp,
      stream(event(5, 'running')),
      answer(200, { ...done, state: 'running', ended: false }),
      stream(event(9, 'done'), 'wait'),
    );
    const seen: number[] = [];
    for await (const { id } of refreel.generations.events('gen_1')) seen.push(id);
    expect(seen).toEqual([3, 5, 9]);
    const asked = server.asked.map(({ url, headers }) => [url, headers['last-event-id']]);
    const path = '/v1/generations/gen_1/events';
    expect(asked).toEqual([
      [path, undefined],
      [`${path}?after=3`, '3'],
      [`${path}?after=3`, '3'],
      ['/v1/generations/gen_1', undefined],
      [`${path}?after=5`, '5'],
    ]);
  });

  test('of one that has ended end, although nothing comes', async () => {
    const refreel = await against(stream(''), answer(200, done), stream(''));
    for await (const one of refreel.generations.events('gen_1', { after: 9 })) expect(one).toBeUndefined();
    expect(server.asked).toHaveLength(3);
  });

  test('end with the loop: the line is closed', async () => {
    let closed = false;
    const refreel = await against((request, response) => {
      response.on('close', () => {
        closed = true;
      });
      stream(event(1, 'queued'), 'wait')(request, response);
    });
    for await (const one of refreel.events()) {
      expect(one.id).toBe(1);
      break;
    }
    await expect.poll(() => closed).toBe(true);
  });

  test('that do not come through are done without: wait asks again and again', async () => {
    const page: Answerer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    const refreel = await against(page, answer(200, { ...done, ended: false }), answer(200, done));
    expect(await refreel.generations.wait('gen_1')).toEqual(done);
    expect(server.asked.at(-1)!.url).toBe('/v1/generations/gen_1?wait=25');
  });

  test('of nobody: wait says so', async () => {
    const refreel = await against(answer(404, refusal('generation_unknown', false)));
    await expect(refreel.generations.wait('gen_1')).rejects.toMatchObject({ status: 404 });
  });

  test('wait for so many seconds answers what is then', async () => {
    const refreel = await against(stream(event(1, 'running'), 'wait'), answer(200, { ...done, ended: false }));
    expect(await refreel.generations.wait('gen_1', { seconds: 0.2 })).toMatchObject({ ended: false });
  });
});
