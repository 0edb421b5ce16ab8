import { problem } from '../../model/index.ts';
import type { Exchange, UploadPermit } from '../dialect.ts';
import { jsonBody, noBody } from '../message.ts';
import { findModel } from './model.ts';
import { readAnswer } from './refusal.ts';
import { WirePermit } from './wire.ts';

const megabyte = 1_048_576;

/** Fields of the form that a permit says nothing new about, as the page's example has them. */
const constants = { OSSAccessKeyId: 'LTAI-refreel', 'x-oss-object-acl': 'private', 'x-oss-forbid-overwrite': 'true' };

/** Asks for leave to upload a file for a model. */
export const permit: Exchange<'permit'> = {
  does: 'permit',
  method: 'GET',
  path: '/uploads',
  ask: {
    decode({ query }, _, context) {
      const said = (name: string) => (Object.hasOwn(query, name) ? query[name] : undefined);
      if (said('action') !== 'getPolicy')
        return { ok: false, problems: [problem('invalid_request', 'action', { found: 'it must be "getPolicy"' })] };
      const model = said('model') ?? '';
      if (model === '') return { ok: false, problems: [problem('field_missing', 'model')] };
      const found = findModel(model, context);
      if ('problem' in found) return { ok: false, problems: [found.problem] };
      return { ok: true, value: { does: 'permit', model: found.card.id }, notes: [] };
    },
    encode: ({ model }) => ({
      ok: true,
      message: {
        method: permit.method,
        path: permit.path,
        query: { action: 'getPolicy', model },
        headers: {},
        body: noBody,
      },
      notes: [],
    }),
  },
  answer: {
    encode(reply, _, context) {
      const fields = { ...constants, ...reply.fields };
      const data = {
        policy: reply.fields.policy ?? '',
        signature: reply.fields.Signature ?? '',
        upload_dir: reply.folder,
        upload_host: reply.address,
        expire_in_seconds: reply.seconds,
        max_file_size_mb: Math.floor(reply.mostBytes / megabyte),
        capacity_limit_mb: 999_999_999,
        oss_access_key_id: fields.OSSAccessKeyId,
        x_oss_object_acl: fields['x-oss-object-acl'],
        x_oss_forbid_overwrite: fields['x-oss-forbid-overwrite'],
      };
      const headers = { 'content-type': 'application/json' };
      return { status: 200, headers, body: jsonBody({ request_id: context.requestId, data }) };
    },
    decode(answer) {
      const read = readAnswer(answer, WirePermit);
      if (!read.ok) return read;
      const { data } = read.value;
      const value: UploadPermit = {
        address: data.upload_host,
        folder: data.upload_dir,
        mostBytes: data.max_file_size_mb * megabyte,
        seconds: data.expire_in_seconds,
        fields: {
          OSSAccessKeyId: data.oss_access_key_id,
          Signature: data.signature,
          policy: data.policy,
          'x-oss-object-acl': data.x_oss_object_acl,
          'x-oss-forbid-overwrite': data.x_oss_forbid_overwrite,
        },
      };
      return { ...read, value };
    },
  },
};
