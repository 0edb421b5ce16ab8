import { randomBytes } from 'node:crypto';
import { type FormPart, fillPath } from '@refreel/core/dialects';
import { byteWords, type Problem, problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import { assetHash } from '../../generations/asset-hash.ts';
import type { Caller } from '../../generations/service.ts';
import { findWorkspace } from '../../store/index.ts';
import type { Parts } from '../parts.ts';
import { requireBase } from './accept.ts';
import { signAddress } from './address.ts';
import { type Deeds, type DialectCall, encodeReply, tell, writeAnswer } from './call.ts';

/** "Get a temporary file URL" of Alibaba Cloud, read 2026-11-20: leave for 300 s, files up to 100 MB. Others name neither. */
const permitSeconds = 300;
const mostUploadBytes = 100 * 1_048_576;

/** What leave to upload holds; its signature is made over its text. The names are those of object stores' own policies. */
const Policy = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(z.unknown()),
  workspace: z.string(),
  keyId: z.string().nullable(),
  dialect: z.string(),
  model: z.string(),
  folder: z.string(),
});
type Policy = z.infer<typeof Policy>;

/** What brings files. */
export const upload: Pick<Deeds, 'permit' | 'upload'> = {
  async permit(call) {
    const { question, parts, caller, dialect, clock, base, basePath } = call;
    requireBase(call);
    const [way] = dialect.exchanges.upload ?? [];
    if (way === undefined) throw new Error(`${dialect.id} gives leave to upload and has no upload`);
    const folder = `refreel-instant/${new Date(clock.now).toISOString().slice(0, 10)}/${randomBytes(16).toString('hex')}`;
    const policy: Policy = {
      expiration: new Date(clock.now + permitSeconds * 1000).toISOString(),
      conditions: [
        ['content-length-range', 0, mostUploadBytes],
        ['starts-with', '$key', folder],
      ],
      workspace: caller.workspace,
      keyId: caller.keyId ?? null,
      dialect: dialect.id,
      model: question.model,
      folder,
    };
    const text = Buffer.from(JSON.stringify(policy)).toString('base64');
    return await tell(call, {
      address: `${base}${basePath}${fillPath(way.path, {})}`,
      folder,
      mostBytes: mostUploadBytes,
      seconds: permitSeconds,
      fields: { policy: text, Signature: parts.signer('upload').sign(text) },
    });
  },

  async upload(call) {
    const { question, parts, caller, dialect, clock, base } = call;
    const { bytes: handle, takes, fields } = question;
    const sha256 = assetHash(handle);
    const asset = sha256 === undefined ? undefined : await parts.generations.asset(caller, sha256);
    if (asset === undefined) throw new Error('an upload whose file was not stored');
    const wrong = refusalOf(asset, takes);
    if (wrong !== undefined) throw new Refusal(wrong);
    const policy = readPolicy(fields, parts);
    if (policy !== undefined && !(fields.key ?? '').startsWith(`${policy.folder}/`)) {
      const found = { en: `it must begin with "${policy.folder}/"`, zh: `应以“${policy.folder}/”开头` };
      throw new Refusal(problem('invalid_request', 'key', { found }));
    }
    const kept = dialect.voyage.upload?.keptSeconds ?? null;
    const expiresAt = kept === null ? undefined : clock.now + kept * 1000;
    const of = { kind: 'files', workspace: caller.workspace, sha256: asset.sha256 } as const;
    const ending = `.${asset.mediaType.split('/')[1]?.replace(/\W/g, '') ?? 'bin'}`;
    if (policy === undefined) requireBase(call);
    const url = signAddress(base, parts.signer('address'), of, expiresAt, ending);
    const answer = encodeReply(call, { url, mediaType: asset.mediaType, bytes: asset.bytes });
    // The client's half of the codec knows what requests will call the file: an address of ours, or a name of the vendor's own kind.
    const { answer: codec } = call.exchange;
    const learned = codec.decode(answer, question, call.context);
    if (!learned.ok) throw new Error('an upload answers what its own client cannot read');
    const name = learned.value.url;
    const named = { name, sha256: asset.sha256, expiresAt, model: policy?.model };
    if (name !== url && !(await parts.generations.nameAsset(caller, named))) {
      const found = { en: 'another file has this name', zh: '该名称已用于其他文件' };
      throw new Refusal(problem('invalid_request', 'key', { found }));
    }
    return await writeAnswer(call, answer);
  },
};

/** On whose behalf a form without a key comes: its fields hold leave that was given here, and is not over. */
export async function callerByPermit(
  fields: readonly FormPart[],
  { dialect, clock, parts }: Pick<DialectCall, 'dialect' | 'clock' | 'parts'>,
): Promise<Caller | undefined> {
  const said: Record<string, string> = Object.create(null);
  for (const part of fields) if ('value' in part) said[part.name] ??= part.value;
  const policy = readPolicy(said, parts);
  if (policy === undefined || policy.dialect !== dialect.id || clock.now >= Date.parse(policy.expiration))
    return undefined;
  const workspace = await findWorkspace(parts.database.connection, policy.workspace);
  return workspace === undefined ? undefined : { workspace: workspace.id, keyId: policy.keyId ?? undefined };
}

function readPolicy(fields: Readonly<Record<string, string>>, { signer }: Parts): Policy | undefined {
  const { policy = '', Signature: signature = '' } = fields;
  if (!signer('upload').matches(policy, signature)) return undefined;
  return Policy.parse(JSON.parse(Buffer.from(policy, 'base64').toString()));
}

function refusalOf(
  { mediaType, bytes }: { readonly mediaType: string; readonly bytes: number },
  takes: DialectCall<'upload'>['question']['takes'],
): Problem | undefined {
  if (takes === undefined) return undefined;
  if (!takes.types.includes(mediaType)) {
    const model = { en: 'an upload', zh: '上传接口' };
    const values = { found: mediaType, model, limit: [...takes.types] };
    return problem('media_type', 'file', values);
  }
  if (bytes <= takes.mostBytes) return undefined;
  const words = { foundBytes: byteWords(bytes), limitBytes: byteWords(takes.mostBytes) };
  return problem('media_too_large', 'file', { found: bytes, limit: takes.mostBytes, ...words });
}
