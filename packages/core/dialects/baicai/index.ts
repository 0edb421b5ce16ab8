import { bearerKey } from '../bearer-key.ts';
import type { Dialect } from '../dialect.ts';
import { create } from './create.ts';
import { dialectId } from './model.ts';
import { decodeRefusal, encodeRefusal } from './refusal.ts';
import { words } from './states.ts';
import { alias, result, status } from './task.ts';
import { upload } from './upload.ts';
import { voyage } from './voyage.ts';

/** Baicai (LLaMA-Factory Online): PixVerse, one to four films of subjects and backgrounds that are called by name. */
export const baicai: Dialect = {
  id: dialectId,
  bases: [{ path: '/baicai/v1' }],
  key: bearerKey,
  exchanges: { create: [create], look: [status, result, alias], upload: [upload] },
  refusal: { encode: encodeRefusal, decode: decodeRefusal },
  words,
  publicId: (digits) => digits.toLowerCase(),
  voyage,
};
