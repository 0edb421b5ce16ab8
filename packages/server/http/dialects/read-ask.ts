import type { Ask, Body } from '@refreel/core/dialects';
import { problem, Refusal } from '@refreel/core/model';
import type { HttpLimits } from '../parts.ts';
import { bodyChunks, bodyType, hasBody, parseJson, readBytes } from '../read-body.ts';
import { type FormOptions, readForm } from './read-form.ts';

/** A request without its body: what decides whose it is and where it belongs. `path` stands below the dialect's base. */
export function readHead(request: Request, url: URL, path: string): Ask {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (`${name}${value}`.includes('\0')) {
      const found = { en: 'it holds a character that cannot be kept', zh: '含有无法保存的字符' };
      throw new Refusal(problem('invalid_request', 'query', { found }));
    }
    // Of a name that is given twice the first counts.
    query[name] ??= value;
  }
  return {
    method: methodOf(request),
    path,
    query,
    headers: Object.fromEntries(request.headers),
    body: { kind: 'none' },
  };
}

/** HEAD is a GET whose answer has no body. Methods that no dialect knows lead nowhere. */
function methodOf({ method }: Request): Ask['method'] {
  return (method === 'HEAD' ? 'GET' : method) as Ask['method'];
}

/** The body of a request: JSON, a form whose files are stored as they come, or bytes that nobody has read. @throws Refusal */
export async function readAskBody(
  request: Request,
  limits: HttpLimits,
  keepFile: FormOptions['keepFile'],
): Promise<Body> {
  if (request.method === 'GET' || request.method === 'HEAD' || !hasBody(request)) return { kind: 'none' };
  const type = bodyType(request);
  if (type === 'application/json') {
    const bytes = await readBytes(request, limits);
    return bytes.length === 0 ? { kind: 'none' } : { kind: 'json', value: parseJson(bytes) as never };
  }
  if (type === 'multipart/form-data') {
    const chunks = bodyChunks(request, limits.uploadBytes, limits.idleSeconds);
    const contentType = request.headers.get('content-type') ?? '';
    return { kind: 'form', parts: await readForm(chunks, { contentType, fieldBytes: limits.bodyBytes, keepFile }) };
  }
  return { kind: 'bytes', bytes: 'unread', mediaType: type };
}
