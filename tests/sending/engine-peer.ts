import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// An engine that somebody runs at home, in a process of its own: `node engine-peer.ts vllm|sglang <model> <film>`. Written from the engines'
// sources alone (vLLM-Omni video_api at 0131cb55 and protocol/videos.py at 48e60262; SGLang video_api.py at 00ae37c8; 2026-11-20), and as strict
// as they are. `GET /log` tells what came.

const [kind, model, film] = process.argv.slice(2) as ['vllm' | 'sglang', string, string];

interface Job {
  readonly id: string;
  readonly video: Record<string, unknown>;
  looks: number;
}
const jobs = new Map<string, Job>();
const log: unknown[] = [];

class Refused extends Error {
  readonly status: number;
  readonly detail: unknown;
  constructor(status: number, detail: unknown) {
    super(String(detail));
    this.status = status;
    this.detail = detail;
  }
}

type Field = string | { readonly type: string; readonly bytes: number };

async function fieldsOf(request: IncomingMessage, bytes: Buffer): Promise<Map<string, Field>> {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
  const fields = new Map<string, Field>();
  for (const [name, value] of form)
    fields.set(name, typeof value === 'string' ? value : { type: value.type, bytes: value.size });
  return fields;
}

const invalid = (field: string, msg: string) => new Refused(422, [{ loc: ['body', field], msg, type: 'value_error' }]);

function textOf(fields: ReadonlyMap<string, Field>, name: string, pattern: RegExp): string | undefined {
  const value = fields.get(name);
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !pattern.test(value)) throw invalid(name, 'String should match pattern');
  return value;
}

function createAtVllm(fields: ReadonlyMap<string, Field>): Record<string, unknown> {
  const prompt = textOf(fields, 'prompt', /[\s\S]/);
  if (prompt === undefined) throw invalid('prompt', 'Field required');
  const seconds = textOf(fields, 'seconds', /^[1-9]\d*$/);
  const size = textOf(fields, 'size', /^\d+x\d+$/);
  for (const name of ['fps', 'seed', 'num_frames']) textOf(fields, name, /^-?\d+$/);
  textOf(fields, 'generate_sound', /^(?:true|false)$/);
  if (typeof fields.get('input_reference') === 'string') throw invalid('input_reference', 'Expected UploadFile');
  const references = ['image_reference', 'video_reference'].filter((name) => fields.has(name));
  if (references.length + Number(fields.has('input_reference')) > 1)
    throw new Refused(400, 'Provide only one of input_reference, image_reference, or video_reference.');
  const asked = fields.get('model');
  if (asked !== undefined && asked !== model)
    throw new Refused(400, `Model mismatch: request specifies '${asked}' but server is running '${model}'.`);
  return {
    ...{ model, prompt, id: `video_gen_${randomBytes(16).toString('hex')}`, object: 'video', status: 'queued' },
    ...{ size: size ?? null, progress: 0, seconds: seconds ?? '4', quality: 'default', completed_at: null },
    ...{ created_at: Math.floor(Date.now() / 1000), remixed_from_video_id: null, error: null },
    ...{ media_type: 'video/mp4', expires_at: null, file_name: null, inference_time_s: null },
    ...{ stage_durations: {}, peak_memory_mb: 0 },
  };
}

function createAtSglang(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { prompt, seconds = 4, size = '', fps = 24 } = body;
  if (typeof prompt !== 'string') throw new Refused(400, 'Invalid request body: prompt');
  if (!Number.isInteger(seconds) || !Number.isInteger(fps)) throw new Refused(400, 'Invalid request body: int');
  const id = randomUUID();
  return {
    ...{ id, object: 'video', model: body.model ?? 'sora-2', status: 'queued', progress: 0 },
    ...{ created_at: Math.floor(Date.now() / 1000), size, seconds: String(seconds), quality: 'standard', url: null },
    ...{ remixed_from_video_id: null, completed_at: null, expires_at: null, error: null },
    ...{ file_path: `outputs/${id}.mp4`, peak_memory_mb: null, inference_time_s: null },
  };
}

async function create(request: IncomingMessage, bytes: Buffer): Promise<Record<string, unknown>> {
  const isForm = request.headers['content-type']?.startsWith('multipart/form-data') === true;
  const fields = isForm ? await fieldsOf(request, bytes) : new Map<string, Field>();
  const body = isForm ? Object.fromEntries(fields) : (JSON.parse(bytes.toString()) as Record<string, unknown>);
  log.push({ form: isForm, body, authorization: request.headers.authorization ?? null });
  let video: Record<string, unknown>;
  if (kind === 'vllm') {
    if (!isForm) throw invalid('prompt', 'Field required');
    video = createAtVllm(fields);
  } else if (isForm) {
    const file = fields.get('input_reference');
    if (typeof file !== 'object') throw new Refused(400, 'input_reference file is required');
    video = createAtSglang({ ...body, seconds: Number(body.seconds ?? 4), fps: Number(body.fps ?? 24) });
  } else video = createAtSglang(body);
  jobs.set(String(video.id), { id: String(video.id), video, looks: 0 });
  return video;
}

/** The first look finds it in line, the second at work; one that asks for it never ends. */
function look(job: Job): Record<string, unknown> {
  job.looks += 1;
  if (job.looks === 1) return job.video;
  const waits = String(job.video.prompt ?? '').includes('for ever');
  if (job.looks === 2 || waits) return { ...job.video, status: 'in_progress' };
  return { ...job.video, status: 'completed', progress: 100, completed_at: Math.floor(Date.now() / 1000) };
}

/** Newest first. */
function list(): Record<string, unknown> {
  const data = [...jobs.values()].map(({ video }) => video).reverse();
  if (kind === 'sglang') return { data, object: 'list' };
  const [first, last] = [data[0], data.at(-1)].map((video) => video?.id ?? null);
  return { first_id: first, last_id: last, has_more: false, data, object: 'list' };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const say = (status: number, value: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const path = new URL(request.url ?? '/', 'http://engine').pathname;
  if (path === '/log') return say(200, log);
  try {
    if (path === '/v1/videos' && request.method === 'POST') {
      const video = await create(request, Buffer.concat(chunks));
      // It has it, and its answer is lost on the way.
      if (Buffer.concat(chunks).includes('swallowed')) return void response.socket?.destroy();
      return say(200, video);
    }
    if (path === '/v1/videos') return say(200, list());
    const [, id = '', content] = /^\/v1\/videos\/([^/]+)(\/content)?$/.exec(path) ?? [];
    if (path !== '/v1/videos') log.push(`${request.method} ${path.replace(id, '')}`);
    const job = jobs.get(id);
    if (job === undefined) throw new Refused(404, 'Video not found');
    if (content === undefined && request.method === 'GET') return say(200, look(job));
    if (request.method === 'DELETE') {
      jobs.delete(id);
      return say(
        200,
        kind === 'vllm' ? { id, deleted: true, object: 'video.deleted' } : { ...job.video, status: 'deleted' },
      );
    }
    if (job.looks < 3) throw new Refused(404, 'Generation is still in-progress');
    response.writeHead(200, { 'content-type': 'video/mp4' }).end(readFileSync(film));
  } catch (error) {
    if (error instanceof Refused) return say(error.status, { detail: error.detail });
    say(500, { detail: 'Internal Server Error' });
  }
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
});
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
