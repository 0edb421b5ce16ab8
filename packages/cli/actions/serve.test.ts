import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const main = join(import.meta.dirname, '..', 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'refreel-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  /** Resolves with what was written once there is a line, or the process has ended. */
  line(): Promise<string>;
  end(): Promise<{ code: number | null; out: string; error: string }>;
}

function refreel(flags: readonly string[], environment: Record<string, string> = {}): Run {
  const env = { ...process.env, LANG: 'C', LC_ALL: 'C', REFREEL_PORT: '0', REFREEL_DATA: folder, ...environment };
  const child = spawn(process.execPath, [main, ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let error = '';
  child.stderr!.on('data', (chunk) => {
    error += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const line = new Promise<string>((resolve) => {
    child.stdout!.on('data', (chunk) => {
      out += chunk;
      if (out.includes('\n')) resolve(out);
    });
    void ended.then(() => resolve(out));
  });
  return { child, line: () => line, end: async () => ({ code: await ended, out, error }) };
}

test('serve says where, and SIGTERM ends it with nothing lost', async () => {
  const server = refreel(['serve', '--json', '--time-scale', '0']);
  const { url, mode, data, key } = JSON.parse(await server.line());
  expect([mode, data, key]).toEqual(['sandbox', folder, false]);
  const body = JSON.stringify({ prompt: 'A lamp is lit.', seconds: 3, size: '320x180' });
  const asked = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  const { id } = (await (await fetch(`${url}/v1/generations`, asked)).json()) as { id: string };
  server.child.kill('SIGTERM');
  expect(await server.end()).toMatchObject({ code: 0, error: '' });

  const next = refreel(['serve', '--json']);
  const again = JSON.parse(await next.line());
  const found = await fetch(`${again.url}/v1/generations/${id}?wait=60`);
  expect(await found.json()).toMatchObject({ id, state: 'done' });
  // A second one on the folder says why it cannot.
  const refused = await refreel(['serve']).end();
  expect(refused.code).toBe(4);
  expect(refused.error).toContain(folder);
  next.child.kill('SIGTERM');
  expect((await next.end()).code).toBe(0);
});

test('keys are made, listed and revoked', async () => {
  const made = await refreel(['keys', 'create', 'ci', '--workspace', 'studio', '--json']).end();
  expect(made.code, made.error).toBe(0);
  const [key] = JSON.parse(made.out);
  expect(key.secret).toMatch(/^rfl_/);
  const patient = await refreel(['keys', 'create', 'old', '--repeat-seconds', '3600', '--json']).end();
  expect(JSON.parse(patient.out)[0]).toMatchObject({ name: 'old', repeatSeconds: 3600 });
  const short = await refreel(['keys', 'create', 'old', '--repeat-seconds', '599']).end();
  expect([short.code, short.error.includes('from 600 to 86400')]).toEqual([2, true]);
  const listed = await refreel(['keys', 'list']).end();
  expect(listed.out).toContain(key.id);
  expect(listed.out).not.toContain(key.secret);
  expect((await refreel(['keys', 'revoke', key.id]).end()).out).toContain('revoked');
  const missing = await refreel(['keys', 'revoke', 'key_none']).end();
  expect([missing.code, missing.error.includes('key_none')]).toEqual([3, true]);
});

test('while a server holds the folder, it is asked itself', async () => {
  const environment = { REFREEL_ADMIN_KEY: 'administrator-of-the-tests' };
  const server = refreel(['serve', '--json'], environment);
  const { url } = JSON.parse(await server.line());
  const held = await refreel(['keys', 'list'], environment).end();
  expect([held.code, held.error.includes(folder)]).toEqual([4, true]);
  const made = await refreel(['keys', 'create', 'remote', '--server', url, '--json'], environment).end();
  expect(JSON.parse(made.out)[0]).toMatchObject({ name: 'remote', workspace: 'wsp_default' });
  const wrong = await refreel(['keys', 'list', '--server', url], { REFREEL_ADMIN_KEY: 'x'.repeat(16) }).end();
  expect(wrong.code).toBe(3);
  server.child.kill('SIGTERM');
  expect((await server.end()).code).toBe(0);
});

test.skipIf(process.platform === 'win32')('what npm started ends when npm is told to end', async () => {
  const env = { ...process.env, LANG: 'C', REFREEL_PORT: '0', REFREEL_DATA: folder };
  const cwd = join(import.meta.dirname, '..', '..', '..');
  const npm = spawn('npm', ['start', '--silent', '--', '--json'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => npm.stdout.once('data', (chunk) => resolve(String(chunk))));
  const { url } = JSON.parse(line);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  // The pipe closes once nobody has it any more, the server included.
  const closed = new Promise((resolve) => npm.on('close', resolve));
  npm.kill('SIGTERM');
  await closed;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
});

test('wrong settings are told by name', async () => {
  const { code, error } = await refreel(['serve'], { REFREEL_PROT: '1', REFREEL_PORT: 'x' }).end();
  expect(code).toBe(4);
  expect(error).toContain('REFREEL_PROT');
  expect(error).toContain('REFREEL_PORT');
});
