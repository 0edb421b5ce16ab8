import { type Localized, problem, Refusal } from '@refreel/core/model';
import type { HttpLimits } from './parts.ts';

/** The type of a body without its parameters: "application/json"; empty where none is named. */
export function bodyType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

/** Whether anything was sent. */
export function hasBody(request: Request): boolean {
  const length = request.headers.get('content-length');
  return length === null ? request.body !== null : length !== '0';
}

/** The bytes of a body as they come; gives up on one that is too long or does not go on. @throws Refusal while it is read. */
export async function* bodyChunks(
  request: Request,
  mostBytes: number,
  idleSeconds: number,
): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge(mostBytes);
  requirePlain(request);
  if (request.body === null) return;
  const reader = request.body.getReader();
  let bytes = 0;
  try {
    while (true) {
      const { done, value } = await within(reader.read(), idleSeconds);
      if (done) return;
      bytes += value.byteLength;
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      yield value;
    }
  } finally {
    // What is left of it is nobody's; a connection that is gone already cannot be told.
    void reader.cancel().catch(() => {});
  }
}

/** So small a body is on its way as a whole: it is read in one piece, without the stream that would be made for it. */
const smallBytes = 16 * 1024;

export async function readBytes(request: Request, { bodyBytes, idleSeconds }: HttpLimits): Promise<Buffer> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (length <= Math.min(smallBytes, bodyBytes)) {
    requirePlain(request);
    const bytes = Buffer.from(await within(request.arrayBuffer(), idleSeconds));
    if (bytes.byteLength > bodyBytes) throw tooLarge(bodyBytes);
    return bytes;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyChunks(request, bodyBytes, idleSeconds)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Reads bytes as JSON whose every text can be stored. @throws Refusal */
export function parseJson(bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw unreadable(error instanceof SyntaxError ? notJson : notText);
  }
  checkTexts(value);
  return value;
}

/** @throws Refusal where a JSON body is not called one. */
export function requireJson(request: Request, limit = 'application/json'): void {
  const found = bodyType(request);
  if (found !== 'application/json')
    throw new Refusal(problem('content_type', 'body', { found: found === '' ? '""' : found.slice(0, 100), limit }));
}

const notJson: Localized = { en: 'it is not JSON', zh: '不是 JSON' };
const notText: Localized = { en: 'it is not UTF-8', zh: '不是 UTF-8' };

export function unreadable(found: Localized, limit: string | Localized = 'JSON'): Refusal {
  return new Refusal(problem('body_unreadable', 'body', { found, limit }));
}

/** @throws Refusal for a body that is packed. */
function requirePlain(request: Request): void {
  const found = request.headers.get('content-encoding') ?? 'identity';
  if (found !== 'identity')
    throw new Refusal(problem('content_type', 'body', { found, limit: 'Content-Encoding: identity' }));
}

function tooLarge(mostBytes: number): Refusal {
  return new Refusal(problem('body_too_large', 'body', { limitBytes: `${Math.floor(mostBytes / 1024)} KB` }));
}

async function within<Value>(work: Promise<Value>, seconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal(problem('body_slow', 'body', { limit: seconds }))), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The connection ended before the body did: nobody hears this, but it is no fault of ours.
    throw unreadable({ en: 'it broke off', zh: '传输中断' });
  } finally {
    clearTimeout(timer);
  }
}

/** Nothing of ours is nested deeper than a handful of levels. */
const deepest = 32;

/** What is JSON and cannot be worked with: the NUL character and half of a surrogate pair, which no database keeps, and fields that stand for what objects do. */
function checkTexts(value: unknown): void {
  const refuse = (path: string, found: Localized) =>
    new Refusal(problem('invalid_request', path || 'request', { found }));
  const check = (text: string, path: string) => {
    if (text.includes('\0') || !text.isWellFormed())
      throw refuse(path, { en: 'it holds a character that cannot be kept', zh: '含有无法保存的字符' });
  };
  const walk = (one: unknown, path: string, level: number): void => {
    if (typeof one === 'string') check(one, path);
    if (typeof one !== 'object' || one === null) return;
    if (level > deepest)
      throw refuse('', { en: `it is nested more than ${deepest} levels deep`, zh: `嵌套超过 ${deepest} 层` });
    if (Array.isArray(one)) for (const [index, item] of one.entries()) walk(item, `${path}[${index}]`, level + 1);
    else
      for (const [name, item] of Object.entries(one)) {
        check(name, path);
        // Whoever then writes such a value into a text, or compares it, breaks: libraries that measure lengths too.
        if (name === 'toString')
          throw refuse(path, { en: 'a field cannot be named "toString"', zh: '字段不能命名为“toString”' });
        walk(item, path === '' ? name : `${path}.${name}`, level + 1);
      }
  };
  walk(value, '', 0);
}
