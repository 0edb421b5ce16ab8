import type { Media } from '../reference.ts';
import { mediaOfRequest, type Request } from '../request.ts';

/** The request with other media at these paths. @throws Error for a path at which it names none */
export function replaceMediaAt(request: Request, media: ReadonlyMap<string, Media>): Request {
  const known = new Set(mediaOfRequest(request).map(({ path }) => path));
  let replaced: unknown = request;
  for (const [path, one] of media) {
    if (!known.has(path)) throw new Error(`the request names no medium at ${path}`);
    const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
    replaced = replacedAt(replaced, keys, one);
  }
  return replaced as Request;
}

function replacedAt(value: unknown, [key, ...rest]: readonly string[], by: Media): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (index === Number(key) ? replacedAt(one, rest, by) : one));
  const holder = value as Readonly<Record<string, unknown>>;
  return { ...holder, [key]: replacedAt(holder[key], rest, by) };
}
