import { type Problem, problem } from '../../model/index.ts';
import type { Exchange, Question, Read, UploadFile, UploadPermit } from '../dialect.ts';
import { type Ask, type FormPart, noBody } from '../message.ts';
import { decodeRefusal } from './refusal.ts';

type Upload = Extract<Question, { does: 'upload' }>;

/** The order in which the vendor's page and its client send them; only the file's place, at the end, is a rule. */
const order = [
  ...['OSSAccessKeyId', 'Signature', 'policy', 'key', 'x-oss-object-acl', 'x-oss-forbid-overwrite'],
  ...['success_action_status', 'x-oss-content-type'],
];
const required = ['OSSAccessKeyId', 'Signature', 'policy', 'key'];

/**
 * Uploads one file as a form. Clients post it to the address that the permit names, which at the vendor is another host and here this
 * exchange. It carries no key: the policy and its signature say who may.
 */
export const upload: Exchange<'upload'> = {
  does: 'upload',
  method: 'POST',
  path: '/uploads',
  ask: {
    decode: (ask) => decode(ask),
    encode(question) {
      const { fileName, mediaType, bytes, fields, address } = question;
      const named = [...order, ...Object.keys(fields).filter((name) => !order.includes(name))];
      const parts: FormPart[] = named.flatMap((name) => {
        const value = fields[name];
        return value === undefined ? [] : [{ name, value }];
      });
      const message: Ask = {
        method: upload.method,
        path: upload.path,
        ...(address !== undefined && { address }),
        query: {},
        headers: {},
        body: { kind: 'form', parts: [...parts, { name: 'file', fileName, mediaType, bytes }] },
      };
      return { ok: true, message, notes: [] };
    },
  },
  answer: {
    // A form that does not ask for 200 is answered with 204, as the vendor's file store does it.
    encode: (_, { fields }) => ({
      status: fields.success_action_status === '200' ? 200 : 204,
      headers: {},
      body: noBody,
    }),
    decode(answer, { fields }) {
      const refused = decodeRefusal(answer);
      if (refused !== undefined) return { ok: false, problems: [refused] };
      return { ok: true, value: { url: `oss://${fields.key ?? ''}` }, notes: [] };
    },
  },
};

function decode({ body }: Ask): Read<Upload> {
  if (body.kind !== 'form') {
    const found = { en: 'it is no form', zh: '不是表单' };
    const limit = { en: 'multipart/form-data', zh: ' multipart/form-data' };
    return { ok: false, problems: [problem('body_unreadable', '', { found, limit })] };
  }
  const problems: Problem[] = [];
  const fields: Record<string, string> = {};
  for (const part of body.parts)
    if ('value' in part && !Object.hasOwn(fields, part.name)) fields[part.name] = part.value;
  for (const name of required) if ((fields[name] ?? '') === '') problems.push(problem('field_missing', name));
  const files = body.parts.filter((part) => 'bytes' in part);
  const [file] = files;
  if (file === undefined) problems.push(problem('field_missing', 'file'));
  else if (files.length > 1) problems.push(problem('invalid_request', 'file', { found: 'one file at a time' }));
  else if (body.parts.at(-1) !== file)
    problems.push(problem('invalid_request', 'file', { found: 'it must be the last field of the form' }));
  if (file === undefined || problems.length > 0) return { ok: false, problems };
  const mediaType = fields['x-oss-content-type'] ?? file.mediaType;
  const value: Upload = {
    does: 'upload',
    fileName: file.fileName,
    mediaType,
    bytes: file.bytes,
    fields,
    address: undefined,
  };
  return { ok: true, value, notes: [] };
}

/** The form for a file, filled in by a permit. */
export function formFor(file: UploadFile, permit: UploadPermit): Upload {
  const fields = {
    ...permit.fields,
    key: `${permit.folder}/${file.fileName}`,
    success_action_status: '200',
    'x-oss-content-type': file.mediaType,
  };
  return { does: 'upload', ...file, fields, address: permit.address };
}
