import type { Review } from '@refreel/core/authoring';
import { type Media, type MediaFit, type Problem, type Request, replaceMediaAt } from '@refreel/core/model';
import { type Outcome, refused } from '../assets/index.ts';
import type { WorkspaceId } from '../store/index.ts';
import { assetHash } from './asset-hash.ts';
import type { MediaRoom } from './settle-media.ts';

/**
 * The request with every medium that its model would not take made to fit, one after the other; each is kept as an asset. Only of a request
 * that allows it and whose media are all stored. @throws the signal's reason
 */
export async function fitMedia(
  { assets }: Pick<MediaRoom, 'assets'>,
  workspace: WorkspaceId,
  request: Request,
  { fits }: Pick<Review, 'fits'>,
  signal: AbortSignal,
): Promise<Outcome<Request>> {
  const made = new Map<string, Media>();
  const problems: Problem[] = [];
  for (const { path, media, to } of fits) {
    const kept = await assets.fit(workspace, { sha256: hashOf({ path, media }), to, path }, signal);
    if (kept.ok) made.set(path, `asset:${kept.value.sha256}`);
    else problems.push(...kept.problems);
  }
  return problems.length > 0 ? refused(...problems) : { ok: true, value: replaceMediaAt(request, made) };
}

function hashOf({ path, media }: Pick<MediaFit, 'path' | 'media'>): string {
  const sha256 = assetHash(media);
  if (sha256 === undefined) throw new Error(`${path} is to be made to fit before it is stored`);
  return sha256;
}
