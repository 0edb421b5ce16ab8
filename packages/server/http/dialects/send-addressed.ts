import { Refusal } from '@refreel/core/model';
import type { FaultName } from '../../sandbox/fault-table.ts';
import { findAsset, findFilm, findGeneration, findWorkspace } from '../../store/index.ts';
import { toResponse } from '../answer.ts';
import { FaultShown, filmFault, showInstead } from '../asked-faults.ts';
import type { Parts } from '../parts.ts';
import { sendFilm } from '../send-film.ts';
import { showFault } from '../show-fault.ts';
import { type Addressed, readAddress } from './address.ts';
import { objectStoreError, storeAway } from './object-store-error.ts';
import type { Visit } from './serve.ts';

/**
 * Answers an address that was signed here, as the vendors' object stores do: the bytes, in part where a part is asked for, or an error in XML.
 * Undefined where the address is of another kind. A key is not looked at, nor the page that asks: whoever has the address may have the film.
 */
export async function sendAddressed(visit: Visit, parts: Parts): Promise<Response | undefined> {
  const { request, url, requestId } = visit;
  const asked = readAddress(url, parts.signer('address'));
  if (asked === undefined) return undefined;
  visit.route = `/${asked.of.kind}/{workspace}/{name}`;
  const refuse = (status: number, code: string, message: string) => {
    const answer = toResponse(objectStoreError(status, code, message, requestId));
    return request.method === 'HEAD' ? new Response(null, answer) : answer;
  };
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  if (!asked.genuine)
    return refuse(403, 'SignatureDoesNotMatch', 'The request signature does not match the signature of this address.');
  const secondsLeft =
    asked.expiresAt === undefined ? undefined : (asked.expiresAt - (await parts.clock.read()).now) / 1000;
  if (secondsLeft !== undefined && secondsLeft <= 0) return refuse(403, 'AccessDenied', 'Request has expired.');
  const found = await find(asked.of, parts);
  if (found === undefined) return refuse(404, 'NoSuchKey', 'The specified key does not exist.');
  const spoilt = await spoil(request, asked.of, parts).catch((error: unknown) => {
    if (error instanceof FaultShown) return showFault(error.fault, (problems) => storeAway(problems, requestId));
    throw error;
  });
  if (spoilt instanceof Response) return spoilt;
  if (spoilt === 'expired_url') return refuse(403, 'AccessDenied', 'Request has expired.');
  const fileName = url.pathname.split('/').slice(-2).join('-');
  const download = url.searchParams.has('download');
  const answer = await sendFilm(request, parts.files, { ...found, fileName, secondsLeft }, download, spoilt).catch(
    (error: unknown) => {
      if (error instanceof Refusal) return refuse(416, 'InvalidRange', 'The requested range cannot be satisfied.');
      throw error;
    },
  );
  // Pages of any site may show it, as they may the vendor's.
  answer.headers.set('cross-origin-resource-policy', 'cross-origin');
  return answer;
}

/** What is wrong with a film, and what is shown in its place. @throws FaultShown */
async function spoil(request: Request, of: Addressed, parts: Parts): Promise<FaultName | undefined> {
  if (!parts.faultsObeyed || of.kind !== 'films') return undefined;
  const { connection } = parts.database;
  const owner = await findWorkspace(connection, of.workspace);
  const generation = owner && (await findGeneration(connection, owner.id, { id: of.generationId }));
  if (generation === undefined) return undefined;
  const { dialect, model } = generation;
  await showInstead(request, parts, { askedFor: 'content', dialect, model });
  return filmFault(request, parts, generation.faults);
}

async function find(of: Addressed, { database: { connection } }: Parts) {
  const owner = await findWorkspace(connection, of.workspace);
  if (owner === undefined) return undefined;
  return of.kind === 'films'
    ? await findFilm(connection, owner.id, of.generationId, of.index)
    : await findAsset(connection, owner.id, of.sha256);
}
