import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dial } from './dial.ts';
import type { ForbiddenAddress } from './resolve.ts';
import { readTarget } from './target.ts';
import { makeCertificate } from './test-certificate.ts';
import { type Ground, openGround, type TestServer } from './test-servers.ts';

let ground: Ground;
let server: TestServer;
/** Where the server sends on to; it answers with a film where there is nothing. */
let redirects: Record<string, string>;
let heads: Record<string, string | string[] | undefined>[];

beforeEach(async () => {
  ground = await openGround();
  redirects = {};
  heads = [];
  server = await ground.serve((request, response) => {
    heads.push(request.headers);
    const location = redirects[request.url ?? ''];
    if (location === undefined) response.end('film');
    else response.writeHead(302, { location, 'set-cookie': 'a=b' }).end('moved');
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await ground.close();
});

/** A name service that gives each answer once, and then the last again. */
function answering(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  return {
    asked,
    lookup: async (host: string) => {
      asked.push(host);
      return answers[Math.min(asked.length, answers.length) - 1]!;
    },
  };
}

test('without being allowed, nothing here is reached', async () => {
  const refusal = await ground.refusal(`${server.url}/film.mp4?secret`, { options: { allow: [] } });
  expect(refusal).toEqual({
    code: 'address_forbidden',
    url: `${server.url}/film.mp4`,
    limit: 'public addresses',
    found: 'not a public address',
  });
  expect(server.connections()).toBe(0);
  expect(await ground.files()).toEqual([]);
});

test.each([[['127.0.0.1']], [['127.0.0.0/8']], [['films.example']]])('%j lets a name lead here', async (allow) => {
  const { lookup, asked } = answering(['127.0.0.1']);
  const result = await ground.downloaded(`http://Films.example.:${server.port}/`, { options: { allow, lookup } });
  expect(result).toMatchObject({ bytes: 4, url: `http://films.example:${server.port}/` });
  expect(asked).toEqual(['films.example']);
  expect(heads[0]).toMatchObject({ host: `films.example:${server.port}` });
});

test('one bad address among the answers refuses the name, and the operator can see which', async () => {
  const { lookup } = answering(['127.0.0.1', '10.0.0.7']);
  const seen: ForbiddenAddress[] = [];
  const options = { allow: ['127.0.0.1'], lookup, onForbidden: (one: ForbiddenAddress) => seen.push(one) };
  const refusal = await ground.refusal(`http://films.example:${server.port}/`, { options });
  expect(refusal.code).toBe('address_forbidden');
  expect(JSON.stringify(refusal)).not.toMatch(/10\.0\.0\.7|private/);
  expect(seen).toEqual([{ host: 'films.example', address: '10.0.0.7', block: 'private use' }]);
  expect(server.connections()).toBe(0);
});

test('a name is looked up once, and what was checked is dialled', async () => {
  const { lookup, asked } = answering(['127.0.0.1'], ['10.0.0.7']);
  await ground.downloaded(`http://films.example:${server.port}/`, { options: { allow: ['127.0.0.1'], lookup } });
  expect(asked).toHaveLength(1);
});

test('a name that changes between a redirect and its end is judged anew', async () => {
  redirects['/a'] = '/b';
  const { lookup, asked } = answering(['127.0.0.1'], ['169.254.169.254']);
  const options = { allow: ['127.0.0.1'], lookup };
  const refusal = await ground.refusal(`http://films.example:${server.port}/a`, { options });
  expect(refusal).toMatchObject({
    code: 'redirect_forbidden',
    because: 'address_forbidden',
    found: 'not a public address',
  });
  expect(asked).toHaveLength(2);
  expect(server.connections()).toBe(1);
});

test('no connection is used twice', async () => {
  redirects['/a'] = '/b';
  await ground.downloaded(`${server.url}/a`);
  await ground.downloaded(`${server.url}/b`);
  expect(server.connections()).toBe(3);
  await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
});

test('a peer other than the checked addresses is hung up on before a byte is sent', async () => {
  const dialled = dial(readTarget(server.url), ['127.0.0.2'], undefined, AbortSignal.timeout(2000));
  await expect(dialled).rejects.toMatchObject({ reason: { code: 'address_forbidden' } });
  expect(heads).toEqual([]);
});

test.each([
  ['no addresses', async () => [], 'name_not_found', 'films.example'],
  [
    'no such name',
    async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
    'name_not_found',
    'films.example',
  ],
  [
    'no answer',
    async () => Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN' })),
    'unreachable',
    'name service: EAI_AGAIN',
  ],
  ['nonsense', async () => ['localhost'], 'address_forbidden', 'not a public address'],
])('a name service with %s', async (_what, lookup, code, found) => {
  expect(await ground.refusal('http://films.example/', { options: { lookup } })).toMatchObject({ code, found });
});

test('a name service that never answers is an idle timeout', async () => {
  const asked = { options: { lookup: () => new Promise<never>(() => {}) }, limits: { idleSeconds: 0.1 } };
  expect(await ground.refusal('http://films.example/', asked)).toMatchObject({ code: 'timeout', found: 'idle' });
});

test('a local name is not looked up, or its answer would tell whether it exists', async () => {
  const { lookup, asked } = answering([]);
  expect(await ground.refusal('http://db.internal/', { options: { allow: [], lookup } })).toMatchObject({
    code: 'address_forbidden',
  });
  expect(asked).toEqual([]);
  expect(await ground.refusal('http://db.internal/', { options: { lookup } })).toMatchObject({
    code: 'address_forbidden',
  });
  expect(asked).toEqual(['db.internal']);
});

test('nobody at the address', async () => {
  const gone = await openGround();
  const { url } = await gone.serve(() => {});
  await gone.close();
  expect(await ground.refusal(url)).toEqual({ code: 'unreachable', url: `${url}/`, found: 'ECONNREFUSED' });
});

test('redirects are followed, with nothing carried along', async () => {
  redirects['/a'] = 'b?signature=1';
  redirects['/b?signature=1'] = `//127.0.0.1:${server.port}/c#end`;
  redirects['/c'] = `${server.url}/d`;
  expect(await ground.downloaded(`${server.url}/a`)).toMatchObject({ redirects: 3, url: `${server.url}/d`, bytes: 4 });
  for (const head of heads) {
    expect(Object.keys(head).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  }
});

test.each([
  ['http://127.0.0.2/', 'address_forbidden'],
  ['http://169.254.169.254/latest/', 'address_forbidden'],
  ['http://2130706434/', 'address_forbidden'],
  ['//[::1]/', 'address_forbidden'],
  ['http://printer.local:6379/', 'address_forbidden'],
  ['https://own.example/v1/assets', 'address_forbidden'],
  ['http://user:secret@films.example/', 'url_credentials'],
  ['http://films.example:22/', 'url_port'],
  ['file:///etc/passwd', 'url_scheme'],
  ['javascript:secret', 'url_scheme'],
  ['http://[oops/', 'url_invalid'],
])('a redirect to %s is refused', async (location, because) => {
  redirects['/a?secret'] = location;
  const options = { allow: ['127.0.0.1'], ownBases: ['https://own.example'], lookup: async () => ['10.0.0.9'] };
  const refusal = await ground.refusal(`${server.url}/a?secret`, { options });
  expect(refusal).toMatchObject({ code: 'redirect_forbidden', because, url: `${server.url}/a` });
  expect(JSON.stringify(refusal)).not.toContain('secret');
  expect(server.connections()).toBe(1);
  expect(await ground.files()).toEqual([]);
});

test('a redirect may be written in UTF-8', async () => {
  const raw = await ground.serveRaw((socket, head) => {
    if (head.startsWith('GET /%E7%89%87.mp4 ')) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfilm');
    else socket.end('HTTP/1.1 302 Found\r\nlocation: /片.mp4\r\ncontent-length: 0\r\n\r\n');
  });
  expect(await ground.downloaded(raw.url)).toMatchObject({ url: `${raw.url}/%E7%89%87.mp4`, bytes: 4 });
});

test('redirects end at their limit, and at a place that was visited', async () => {
  for (let place = 0; place < 9; place++) redirects[`/${place}`] = `/${place + 1}`;
  expect(await ground.downloaded(`${server.url}/6`)).toMatchObject({ redirects: 3 });
  const refusal = await ground.refusal(`${server.url}/5`);
  expect(refusal).toMatchObject({ code: 'redirect_loop', unit: 'redirects', limit: 3, redirects: 3 });
  expect(await ground.refusal(`${server.url}/0`, { limits: { redirects: 0 } })).toMatchObject({
    code: 'redirect_loop',
    limit: 0,
  });
  redirects['/round'] = '/about';
  redirects['/about'] = '/round#again';
  const before = server.connections();
  expect(await ground.refusal(`${server.url}/round`)).toMatchObject({ code: 'redirect_loop', redirects: 1 });
  expect(server.connections() - before).toBe(2);
});

test('a redirect without a place is only a status', async () => {
  const { url } = await ground.serve((_request, response) => response.writeHead(301).end());
  expect(await ground.refusal(url)).toMatchObject({ code: 'status', found: 301 });
});

test('one clock runs for all redirects together', async () => {
  const slow = await ground.serve((request, response) => {
    setTimeout(() => response.writeHead(302, { location: `${request.url}a` }).end(), 100);
  });
  const limits = { redirects: 1000, totalSeconds: 0.4, idleSeconds: 0.3 };
  expect(await ground.refusal(`${slow.url}/`, { limits })).toMatchObject({
    code: 'timeout',
    found: 'unfinished',
    limit: 0.4,
  });
});

test('encrypted, with a certificate that is trusted', async () => {
  const certificate = makeCertificate();
  const secure = await ground.serveSecurely(certificate, (_request, response) => response.end('film'));
  const options = { allow: ['127.0.0.1'], authorities: [certificate.cert], lookup: async () => ['127.0.0.1'] };
  expect(await ground.downloaded(secure.url, { options })).toMatchObject({ bytes: 4 });
  expect(await ground.downloaded(`https://films.example:${secure.port}/`, { options })).toMatchObject({ bytes: 4 });
  expect(await ground.refusal(`https://other.example:${secure.port}/`, { options })).toMatchObject({
    code: 'tls',
    found: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test('a certificate that nobody vouches for is refused, whatever the environment says', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const secure = await ground.serveSecurely(makeCertificate(), (_request, response) => response.end('film'));
  expect(await ground.refusal(secure.url)).toMatchObject({ code: 'tls', found: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
});

test('a server without encryption is no encrypted server', async () => {
  expect(await ground.refusal(server.url.replace('http:', 'https:'))).toMatchObject({ code: 'tls' });
});

test('a redirect out of encryption is refused, and one into it followed', async () => {
  const certificate = makeCertificate();
  const secure = await ground.serveSecurely(certificate, (request, response) => {
    if (request.url === '/film') response.end('film');
    else response.writeHead(302, { location: `${server.url}/film` }).end();
  });
  const options = { allow: ['127.0.0.1'], authorities: [certificate.cert] };
  expect(await ground.refusal(secure.url, { options })).toMatchObject({
    code: 'redirect_forbidden',
    limit: 'https',
    found: 'http',
  });
  redirects['/in'] = `${secure.url}/film`;
  expect(await ground.downloaded(`${server.url}/in`, { options })).toMatchObject({ url: `${secure.url}/film` });
});

test('proxies of the environment are not used', async () => {
  const proxy = await ground.serve((_request, response) => response.end('through a proxy'));
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY']) vi.stubEnv(name, proxy.url);
  vi.stubEnv('NODE_USE_ENV_PROXY', '1');
  vi.stubEnv('NO_PROXY', '');
  expect(await ground.downloaded(server.url)).toMatchObject({ bytes: 4 });
  expect(proxy.connections()).toBe(0);
});
