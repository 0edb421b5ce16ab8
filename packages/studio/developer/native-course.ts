import type { Json } from '@refreel/core/dialects';
import type { Request } from '@refreel/core/model';
import { type Course, idMark } from './course.ts';

/** How a program gets the film of a request over the native API. */
export function nativeCourse(request: Request, origin: string): Course {
  const type = { 'content-type': 'application/json' };
  const ask = (path: string) => ({ method: 'GET', path, headers: {}, body: { kind: 'none' } }) as const;
  const value = JSON.parse(JSON.stringify(request)) as Json;
  return {
    base: `${origin}/v1`,
    key: (key) => ({ authorization: `Bearer ${key}` }),
    create: { method: 'POST', path: '/generations', headers: type, body: { kind: 'json', value } },
    id: ['id'],
    look: ask(`/generations/${idMark}`),
    state: { at: ['state'], done: 'done', failed: ['failed', 'cancelled'] },
    film: { is: 'path', ask: ask(`/generations/${idMark}/content`) },
  };
}
