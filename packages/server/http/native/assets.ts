import { Readable } from 'node:stream';
import { shapeMessage } from '@refreel/core/authoring';
import { problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import type { AssetSource } from '../../generations/service.ts';
import type { Asset } from '../../store/index.ts';
import { json, jsonText, refusalText, type TextAnswer } from '../answer.ts';
import { sendContent } from '../content.ts';
import type { Parts } from '../parts.ts';
import { bodyChunks, bodyType, parseJson, readBytes, unreadable } from '../read-body.ts';
import { fingerprintOf, readShape } from '../read-call.ts';
import { oncePerKey } from '../repeat.ts';
import { type Call, type Route, route } from '../route.ts';
import { AssetAnswer, flag, pageOf, pageQuery } from './shapes.ts';
import { writeAsset } from './write-generation.ts';

const Named = z.string().max(200).optional();
const NewAsset = z.union(
  [
    z.strictObject({ url: z.string().min(1).max(8192), name: Named }),
    z.strictObject({ data: z.string().min(1), name: Named }),
  ],
  {
    error: shapeMessage({
      en: 'an object with "url" or "data" (a data URI), and perhaps a "name"',
      zh: '含“url”或“data”（data URI）的对象，可另加“name”',
    }),
  },
);

/** Bytes that requests name. */
export const assetRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/v1/assets',
    access: 'caller',
    owned: false,
    group: 'Assets',
    summary: 'Store a picture, a video or a sound: raw bytes, a form with `file`, a URL or a data URI',
    query: z.strictObject({ name: z.string().max(200).optional() }),
    headers: { 'Idempotency-Key': 'The same request again has the same answer, for a day' },
    body: {
      schema: NewAsset,
      alsoTypes: ['multipart/form-data', 'image/*', 'video/*', 'audio/*', 'application/octet-stream'],
    },
    answers: {
      201: { says: 'Stored and measured; the same bytes again are the same asset', schema: AssetAnswer },
      413: { says: 'Too large' },
      415: { says: 'A type that is no medium' },
      422: { says: 'Refused by what was measured or fetched' },
    },
    answer: (call, parts) => store(call, parts, call.query.name),
  }),
  route({
    method: 'GET',
    path: '/v1/assets',
    access: 'caller',
    owned: false,
    group: 'Assets',
    summary: 'The assets of the workspace, newest first',
    query: z.strictObject(pageQuery),
    answers: { 200: { says: 'A page of them', schema: pageOf(AssetAnswer) } },
    async answer({ caller, query: { limit = 20, cursor }, base }, { generations }) {
      const page = await generations.assets(caller, { limit, cursor });
      return json(200, { ...page, items: page.items.map((one) => writeAsset(one, base)) });
    },
  }),
  route({
    method: 'GET',
    path: '/v1/assets/{sha256}',
    access: 'caller',
    owned: true,
    group: 'Assets',
    summary: 'One asset and what was measured of it',
    answers: { 200: { says: 'The asset', schema: AssetAnswer }, 404: { says: 'No such asset' } },
    answer: async (call, parts) => json(200, writeAsset(await findOwn(call, parts), call.base)),
  }),
  route({
    method: 'GET',
    path: '/v1/assets/{sha256}/content',
    access: 'caller',
    owned: true,
    group: 'Assets',
    summary: 'Its bytes, whole or in part',
    query: z.strictObject({ download: flag.optional() }),
    headers: { Range: 'bytes=0-1023', 'If-None-Match': 'The ETag, which is the hash', 'If-Range': 'The ETag' },
    answers: {
      200: { says: 'All of it', type: 'application/octet-stream' },
      206: { says: 'The range', type: 'application/octet-stream' },
      304: { says: 'The caller has it' },
      404: { says: 'No such asset' },
      416: { says: 'The range lies outside' },
    },
    async answer(call, parts) {
      const asset = await findOwn(call, parts);
      // A name that somebody chose stays out of headers.
      const fileName = `${asset.sha256.slice(0, 12)}.${asset.mediaType.split('/')[1]?.replace(/\W/g, '')}`;
      return await sendContent(call.request, parts.files, { ...asset, fileName }, call.query.download === true);
    },
  }),
];

async function findOwn({ caller, path }: Call, { generations }: Parts): Promise<Asset> {
  const sha256 = path.sha256!;
  const asset = /^[0-9a-f]{64}$/.test(sha256) ? await generations.asset(caller, sha256) : undefined;
  if (asset === undefined) throw new Refusal(problem('asset_unknown', 'sha256', { found: sha256.slice(0, 100) }));
  return asset;
}

async function store(call: Call, parts: Parts, name: string | undefined): Promise<Response> {
  const { request } = call;
  const type = bodyType(request);
  if (type === 'application/json' || type === 'multipart/form-data') {
    const bytes = await readBytes(request, parts.limits);
    const source =
      type === 'application/json' ? readNamed(parseJson(bytes), name) : await readForm(request, bytes, name);
    return await oncePerKey(call, parts, fingerprintOf(request, call.url, bytes), () => keep(call, parts, source));
  }
  if (!/^(?:image|video|audio)\/[\w.+-]+$|^application\/octet-stream$/.test(type)) {
    const limit = 'image/*, video/*, audio/*, application/octet-stream, multipart/form-data, application/json';
    throw new Refusal(problem('content_type', 'body', { found: type === '' ? '""' : type.slice(0, 100), limit }));
  }
  const { uploadBytes, idleSeconds } = parts.limits;
  const content = Readable.from(bodyChunks(request, uploadBytes, idleSeconds), { objectMode: false });
  // Stored once whatever happens, so it may come before its key is looked at; what it is, is known only after it came.
  const kept = await keep(call, parts, { kind: 'stream', content, name });
  const stored = Buffer.from(kept.status === 201 ? (JSON.parse(kept.body) as { sha256: string }).sha256 : '');
  return await oncePerKey(call, parts, fingerprintOf(request, call.url, stored), async () => kept);
}

async function keep(
  { caller, base, language }: Call,
  { generations }: Parts,
  source: AssetSource,
): Promise<TextAnswer> {
  const kept = await generations.keep(caller, source);
  return kept.ok ? jsonText(201, writeAsset(kept.value, base)) : refusalText(kept.problems, language);
}

function readNamed(value: unknown, name: string | undefined): AssetSource {
  const read = readShape(NewAsset, value, ['url', 'data', 'name']);
  return 'url' in read
    ? { kind: 'url', url: read.url, name: read.name ?? name }
    : { kind: 'data', uri: read.data, name: read.name ?? name };
}

async function readForm(request: Request, bytes: Buffer, name: string | undefined): Promise<AssetSource> {
  const limit = { en: 'a form with one part named "file"', zh: '包含一个名为“file”的部分的表单' };
  let parts: [string, string | File][];
  try {
    const whole = new Response(new Uint8Array(bytes), {
      headers: { 'content-type': request.headers.get('content-type')! },
    });
    parts = [...(await whole.formData())];
  } catch {
    throw unreadable({ en: 'it is not a form', zh: '不是表单' }, limit);
  }
  const [[field, file] = [], ...more] = parts;
  if (field !== 'file' || typeof file === 'string' || file === undefined || more.length > 0)
    throw unreadable({ en: 'it has other parts', zh: '包含其他部分' }, limit);
  const called = file.name.isWellFormed() && !file.name.includes('\0') ? file.name.slice(0, 200) : undefined;
  const content = Readable.from(Buffer.from(await file.arrayBuffer()), { objectMode: false });
  return { kind: 'stream', content, name: name ?? called };
}
