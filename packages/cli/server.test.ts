import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problem, Refusal } from '@refreel/core/model';
import { afterEach, expect, test } from 'vitest';
import { asked, openServer } from './server.ts';

let listening: Server | undefined;
afterEach(() => {
  listening?.closeAllConnections();
  listening?.close();
  listening = undefined;
});

async function start(answer: RequestListener): Promise<string> {
  listening = createServer(answer);
  await new Promise<void>((ready) => listening!.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

async function problemsOf(work: Promise<unknown>) {
  const error = await work.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).problems;
}

const ask = async (url: string, environment: NodeJS.ProcessEnv = {}) => {
  const server = await openServer({ server: url }, environment);
  return await asked(server, () => server.refreel.generations.get('gen_1'));
};

test('what the server refuses is ours again; a code that only a newer one knows keeps its words', async () => {
  const told = { path: 'id', values: { found: 'gen_1' }, retryable: false };
  const words = { message: 'The moon is full.', remedy: 'Wait a night.' };
  const problems = [
    { ...told, ...words, code: 'generation_unknown' },
    { ...told, ...words, code: 'moon_full' },
  ];
  const url = await start((request, response) => {
    expect(request.headers.authorization ?? '').toBe(request.url === '/healthz' ? '' : 'Bearer rfl_1');
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: problems[0], problems }));
  });
  expect(await problemsOf(ask(`${url}/`, { REFREEL_KEY: ' rfl_1\n' }))).toEqual([
    problem('generation_unknown', 'id', { found: 'gen_1' }),
    problem('server_says', 'id', { found: words.message, limit: words.remedy }),
  ]);
});

test('a key that is none is told without being shown', async () => {
  const [wrong] = await problemsOf(openServer({ server: 'http://127.0.0.1:1' }, { REFREEL_KEY: 'two words' }));
  expect(wrong).toMatchObject({ code: 'key_unreadable', path: 'REFREEL_KEY' });
  expect(JSON.stringify(wrong)).not.toContain('two words');
  const [none] = await problemsOf(openServer({ server: 'nowhere' }, {}));
  expect(none?.code).toBe('server_address');
});
