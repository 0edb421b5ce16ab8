import { type Problem, problem } from '../../model/index.ts';
import type { Exchange, Question, Read, UploadFile } from '../dialect.ts';
import { type Ask, type FormPart, jsonBody } from '../message.ts';
import { readAnswer, uploadField } from './refusal.ts';
import { WireUpload } from './wire.ts';

type Upload = Extract<Question, { does: 'upload' }>;

/** "Upload an image", read 2026-11-20. */
const takes = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
  mostBytes: 10 * 1_048_576,
};

/** Uploads one picture, for requests that name it by the address in the answer. */
export const upload: Exchange<'upload'> = {
  does: 'upload',
  method: 'POST',
  path: '/uploads/images',
  ask: {
    decode: (ask) => decode(ask),
    encode({ fileName, mediaType, bytes, fields }) {
      const parts: FormPart[] = [
        { name: uploadField, fileName, mediaType, bytes },
        ...Object.entries(fields).map(([name, value]) => ({ name, value })),
      ];
      const body = { kind: 'form', parts } as const;
      return {
        ok: true,
        message: { method: upload.method, path: upload.path, query: {}, headers: {}, body },
        notes: [],
      };
    },
  },
  answer: {
    encode({ url, mediaType, bytes }, _, context) {
      // Ids of uploads lead nowhere: no call takes one.
      const id = `upload_${context.requestId.replaceAll('-', '')}`;
      const data = { id, url, mime_type: mediaType, size: bytes };
      const headers = { 'content-type': 'application/json' };
      return { status: 200, headers, body: jsonBody({ success: true, message: '', data }) };
    },
    decode(answer) {
      const read = readAnswer(answer, WireUpload);
      return read.ok ? { ...read, value: { url: read.value.data.url } } : read;
    },
  },
};

function decode({ body }: Ask): Read<Upload> {
  const refuse = (found: Problem): Read<Upload> => ({ ok: false, problems: [found] });
  if (body.kind !== 'form') {
    const found = { en: 'it is no form', zh: '不是表单' };
    const limit = { en: 'multipart/form-data', zh: ' multipart/form-data' };
    return refuse(problem('body_unreadable', uploadField, { found, limit }));
  }
  const files = body.parts.filter((part) => 'bytes' in part).filter(({ name }) => name === uploadField);
  const [file] = files;
  if (file === undefined) return refuse(problem('field_missing', uploadField));
  if (files.length > 1) {
    const found = { en: 'one file at a time', zh: '每次只能上传一个文件' };
    return refuse(problem('invalid_request', uploadField, { found }));
  }
  const fields: Record<string, string> = {};
  for (const part of body.parts)
    if ('value' in part && !Object.hasOwn(fields, part.name)) fields[part.name] = part.value;
  const { fileName, mediaType, bytes } = file;
  const value: Upload = { does: 'upload', fileName, mediaType, bytes, fields, address: undefined, takes };
  return { ok: true, value, notes: [] };
}

/** What uploads a file: the page's default purpose is left unsaid. */
export function uploadOf(file: UploadFile): Upload {
  return { does: 'upload', ...file, fields: {}, address: undefined };
}
