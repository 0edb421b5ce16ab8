import type { Dialect } from './dialect.ts';
import { headerOf } from './message.ts';

/** A key as most vendors want it: `Authorization: Bearer <key>`. */
export const bearerKey: Dialect['key'] = {
  read: (ask) => /^Bearer\s+(\S+)\s*$/i.exec(headerOf(ask, 'authorization') ?? '')?.[1],
  write: (key) => ({ authorization: `Bearer ${key}` }),
};
