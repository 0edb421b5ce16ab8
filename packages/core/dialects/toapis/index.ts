import { bearerKey } from '../bearer-key.ts';
import type { Dialect } from '../dialect.ts';
import { create } from './create.ts';
import { dialectId } from './model.ts';
import { decodeRefusal, encodeRefusal } from './refusal.ts';
import { words } from './states.ts';
import { task } from './task.ts';
import { upload } from './upload.ts';
import { voyage } from './voyage.ts';

/** ToAPIs: Kling v3, from text, reference images and frames. Its messages come in the caller's language. */
export const toapis: Dialect = {
  id: dialectId,
  bases: [{ path: '/toapis/v1' }],
  key: bearerKey,
  exchanges: { create: [create], look: [task], upload: [upload] },
  refusal: { encode: encodeRefusal, decode: decodeRefusal },
  words,
  publicId: (digits) => `video_${digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`,
  voyage,
};
