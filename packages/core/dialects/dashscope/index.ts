import { bearerKey } from '../bearer-key.ts';
import type { Dialect } from '../dialect.ts';
import { cancel } from './cancel.ts';
import { create } from './create.ts';
import { list } from './list.ts';
import { afterMeasuring } from './media.ts';
import { dialectId } from './model.ts';
import { permit } from './permit.ts';
import { decodeRefusal, encodeRefusal } from './refusal.ts';
import { words } from './states.ts';
import { task } from './task.ts';
import { upload } from './upload.ts';
import { voyage } from './voyage.ts';

/** Alibaba Cloud Model Studio (DashScope): Wan, reference to video. Each region has an address, models and keys of its own. */
export const dashscope: Dialect = {
  id: dialectId,
  bases: [
    { path: '/dashscope/api/v1', region: 'cn-beijing' },
    { path: '/dashscope-intl/api/v1', region: 'ap-southeast-1' },
    { path: '/dashscope-us/api/v1', region: 'us-east-1' },
  ],
  key: bearerKey,
  exchanges: { create: [create], look: [task], list: [list], cancel: [cancel], permit: [permit], upload: [upload] },
  refusal: { encode: encodeRefusal, decode: decodeRefusal },
  afterMeasuring,
  words,
  publicId: (digits) => digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  voyage,
};
