import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { UploadFile } from '@refreel/core/dialects';
import { type Media, type Problem, problem } from '@refreel/core/model';
import { type Account, originOf } from '../../accounts/index.ts';
import { type GuardedFetch, isRefusal } from '../../fetch/index.ts';
import { type Connection, damagedFile, type Files, findAssets, type WorkspaceId } from '../../store/index.ts';
import { contextOf } from './compose.ts';
import type { Transport } from './plan-media.ts';
import type { Wire } from './wire.ts';
import { type ReadHandle, type WireFile, writeBody } from './wire-body.ts';

/** An address of ours that whoever has it may read for some days. Undefined where this server has no public one. */
export type AddressOf = (asset: {
  readonly workspace: WorkspaceId;
  readonly sha256: string;
  readonly mediaType: string;
}) => Promise<string | undefined>;

export interface Carrier {
  readonly connection: Connection;
  readonly files: Files;
  readonly fetch: GuardedFetch;
  readonly addressOf: AddressOf;
}

/** What the message calls each medium, or why it could not be carried; `later` where it may work in so many seconds. */
export type Carried =
  | { readonly ok: true; readonly names: ReadonlyMap<Media, string> }
  | { readonly ok: false; readonly problem: Problem; readonly later: number | undefined };

/** Of one upload: minutes for hundreds of megabytes over a slow line. */
const uploadSeconds = 300;

/** Brings stored media to where the vendor reads them. Nothing of it costs anything, so it can be done again. Throws the signal's reason. */
export async function carryMedia(
  carrier: Carrier,
  account: Account,
  wire: Wire,
  workspace: WorkspaceId,
  media: Iterable<Media>,
  transport: Transport,
  model: string,
  signal: AbortSignal,
): Promise<Carried> {
  const names = new Map<Media, string>();
  const read = readHandles(carrier, workspace);
  for (const one of media) {
    if (transport === 'file') names.set(one, one);
    else if (transport === 'inline') {
      const { bytes, mediaType } = await read(one);
      names.set(one, `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`);
    } else if (transport === 'address') {
      const { mediaType } = await assetOf(carrier, workspace, one);
      const address = await carrier.addressOf({ workspace, sha256: hashOf(one), mediaType });
      if (address === undefined) return { ok: false, problem: problem('media_out_of_reach', ''), later: undefined };
      names.set(one, address);
    } else {
      const file = await read(one);
      const uploaded = await uploadFile(carrier, account, wire, { ...file, handle: one }, model, read, signal);
      if (!('url' in uploaded)) return { ok: false, ...uploaded };
      names.set(one, uploaded.url);
    }
  }
  return { ok: true, names };
}

/** Reads the files that handles of a workspace stand for. It throws StoreError `folder_corrupt` for one that is not what was stored. */
export function readHandles(carrier: Pick<Carrier, 'connection' | 'files'>, workspace: WorkspaceId): ReadHandle {
  return async (handle) => {
    const { mediaType } = await assetOf(carrier, workspace, handle);
    const sha256 = hashOf(handle);
    const path = await carrier.files.localPath(sha256);
    if (path === undefined) throw damagedFile(sha256, 'is not there');
    const ending = mediaType.split('/')[1]!.replace(/\W/g, '');
    return { bytes: await readFile(path), fileName: `${sha256.slice(0, 16)}.${ending}`, mediaType };
  };
}

async function assetOf({ connection }: Pick<Carrier, 'connection'>, workspace: WorkspaceId, handle: string) {
  const [asset] = await findAssets(connection, workspace, [hashOf(handle)]);
  if (asset === undefined) throw new Error(`${handle} is not stored`);
  return asset;
}

function hashOf(handle: string): string {
  const hash = /^asset:([0-9a-f]{64})$/.exec(handle)?.[1];
  if (hash === undefined) throw new Error('a medium that is not stored cannot be sent');
  return hash;
}

type Uploaded = { readonly url: string } | { readonly problem: Problem; readonly later: number | undefined };

async function uploadFile(
  carrier: Carrier,
  account: Account,
  wire: Wire,
  file: WireFile & { readonly handle: string },
  model: string,
  read: ReadHandle,
  signal: AbortSignal,
): Promise<Uploaded> {
  const upload = account.dialect.voyage.upload!;
  const context = contextOf(account);
  const refused = (found: string, later?: number): Uploaded => ({
    problem: problem('media_upload_refused', '', { found: account.key.hide(found) }),
    later,
  });
  let leave: Parameters<typeof upload.send>[1];
  if (upload.permit !== undefined) {
    const asked = await wire.ask(upload.permit(model, context), undefined, { seconds: 30 }, signal);
    if (asked.is !== 'answer') return refused(asked.why, againSeconds);
    leave = asked.answer;
  }
  // Another name each time: some vendors keep the first file of a name for ever.
  const fileName = `${randomUUID()}-${file.fileName}`;
  const named: UploadFile = { fileName, mediaType: file.mediaType, bytes: file.handle };
  const step = upload.send(named, leave, context);
  if ('is' in step)
    return step.is === 'later' ? refused('busy', step.seconds) : { problem: step.problem, later: undefined };
  const { ask, url } = step;
  const body = await writeBody(ask.body, read);
  if (ask.address !== undefined && new URL(ask.address).origin !== originOf(account)) {
    // The vendor's file store: an address that an answer named, so that it is checked like any other. No key goes there.
    const message = { headers: { ...ask.headers, ...body!.headers }, body: body!.bytes };
    const posted = await carrier.fetch.post(ask.address, message, { seconds: uploadSeconds }, signal);
    if (isRefusal(posted)) return refused(posted.code, againSeconds);
    if (posted.status >= 300)
      return refused(`status ${posted.status}`, posted.status >= 500 ? againSeconds : undefined);
    return url === undefined ? refused('no name') : { url };
  }
  const sent = await wire.ask(ask, body, { seconds: uploadSeconds }, signal);
  if (sent.is !== 'answer') return refused(sent.why, againSeconds);
  const { status } = sent.answer;
  if (upload.sent === undefined || url !== undefined) {
    if (status >= 300) return refused(`status ${status}`, status >= 500 ? againSeconds : undefined);
    return url === undefined ? refused('no name') : { url };
  }
  const found = upload.sent(sent.answer, context);
  if ('url' in found) return found;
  return found.is === 'later'
    ? refused(`status ${status}`, found.seconds)
    : { problem: found.problem, later: undefined };
}

const againSeconds = 15;
