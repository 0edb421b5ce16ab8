import { type Problem, problem } from '../../model/index.ts';
import type { Exchange, Question, Read, UploadFile } from '../dialect.ts';
import type { Ask } from '../message.ts';
import { envelope, say } from './envelope.ts';
import { readAnswer } from './refusal.ts';
import { WireUpload } from './wire.ts';

type Upload = Extract<Question, { does: 'upload' }>;

/** The page gives no limits: these are those of the model's maker ("PixVerse platform, image upload", read 2026-11-20). */
const takes = { types: ['image/png', 'image/webp', 'image/jpeg'], mostBytes: 20 * 1_048_576 };

const field = 'file';

/** Uploads one picture, for requests that name it by the address in the answer. Address and form are those of the vendor's pictures. */
export const upload: Exchange<'upload'> = {
  does: 'upload',
  method: 'POST',
  path: '/resources/upload',
  ask: {
    decode: (ask) => decode(ask),
    encode: ({ fileName, mediaType, bytes }) => ({
      ok: true,
      message: {
        method: upload.method,
        path: upload.path,
        query: {},
        headers: {},
        body: { kind: 'form', parts: [{ name: field, fileName, mediaType, bytes }] },
      },
      notes: [],
    }),
  },
  answer: {
    encode: ({ url }, _, context) =>
      envelope(0, say({ en: 'Uploaded', zh: '上传成功' }, context), { fullPath: url }, context),
    decode(answer) {
      const read = readAnswer(answer, WireUpload);
      return read.ok ? { ...read, value: { url: read.value.data.fullPath } } : read;
    },
  },
};

function decode({ body }: Ask): Read<Upload> {
  const refuse = (found: Problem): Read<Upload> => ({ ok: false, problems: [found] });
  if (body.kind !== 'form') {
    const found = { en: 'it is no form', zh: '不是表单' };
    const limit = { en: 'multipart/form-data', zh: ' multipart/form-data' };
    return refuse(problem('body_unreadable', '', { found, limit }));
  }
  const files = body.parts.filter((part) => 'bytes' in part).filter(({ name }) => name === field);
  const [file] = files;
  if (file === undefined) return refuse(problem('field_missing', field));
  if (files.length > 1) {
    const found = { en: 'one file at a time', zh: '每次只能上传一个文件' };
    return refuse(problem('invalid_request', field, { found }));
  }
  const { fileName, mediaType, bytes } = file;
  return { ok: true, value: { ...uploadOf({ fileName, mediaType, bytes }), takes }, notes: [] };
}

/** What uploads a file. */
export function uploadOf(file: UploadFile): Upload {
  return { does: 'upload', ...file, fields: {}, address: undefined };
}
