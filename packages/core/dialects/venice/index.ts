import { bearerKey } from '../bearer-key.ts';
import type { Dialect } from '../dialect.ts';
import { complete } from './complete.ts';
import { dialectId } from './model.ts';
import { models } from './models.ts';
import { queue } from './queue.ts';
import { quote } from './quote.ts';
import { decodeRefusal, encodeRefusal } from './refusal.ts';
import { retrieve } from './retrieve.ts';
import { words } from './states.ts';
import { voyage } from './voyage.ts';
import { places } from './write-media.ts';

/** Venice: Kling O3 and Grok Imagine, reference to video. The answer to a look at a finished film is the film itself. */
export const venice: Dialect = {
  id: dialectId,
  bases: [{ path: '/venice/api/v1' }],
  key: bearerKey,
  exchanges: { create: [queue], look: [retrieve], delete: [complete], quote: [quote], models: [models] },
  refusal: { encode: encodeRefusal, decode: decodeRefusal },
  places,
  words,
  publicId: (digits) => digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  voyage,
};
