import { findCard } from '@refreel/core/catalog';
import {
  type Facts,
  type Media,
  type MediaFacts,
  mediaOfRequest,
  type Problem,
  problem,
  type Request,
  replaceMedia,
} from '@refreel/core/model';
import { type Assets, addressProblem, fetchProblem, unknownAsset } from '../assets/index.ts';
import { type GuardedFetch, shownUrl } from '../fetch/index.ts';
import type { Rate } from '../money/index.ts';
import { factsForRequest } from '../producers/animatic/index.ts';
import { type Connection, findAssets, findUpload, type WorkspaceId } from '../store/index.ts';
import { assetHash } from './asset-hash.ts';
import type { Sending } from './sending.ts';

/** What becomes of media that are not stored yet. `look`: data URIs are measured, nothing is kept. `accept`: they are kept. `fetch`: URLs too. */
export type MediaStep = 'look' | 'accept' | 'fetch';

/** A request whose media were looked up, and kept as far as the step goes. */
export interface SettledMedia {
  /** What was kept is named by its hash. */
  readonly request: Request;
  /** Of the request's media as it names them now. */
  readonly facts: Facts;
  readonly problems: readonly Problem[];
  /** URLs are left that are still to be fetched. */
  readonly pending: boolean;
}

export interface MediaRoom {
  readonly connection: Connection;
  readonly assets: Assets;
  readonly fetch: GuardedFetch;
  /** Of the clock that uploads under vendors' names expire by. */
  readonly sandboxNow: () => Promise<number>;
  /** What is sent with; left out where every film is drawn here. */
  readonly sending?: Sending | undefined;
  /** By which budgets count other currencies than their own. */
  readonly rates?: readonly Rate[] | undefined;
}

/** One medium, wherever it stands. */
type Settled =
  | { readonly media: Media; readonly facts: MediaFacts }
  | { readonly problems: readonly Problem[] }
  | 'pending';

/** Media that are brought in for one request at the same time. */
const atOnce = 4;

/** Looks up, measures and keeps the media of a request of a workspace. @throws the signal's reason */
export async function settleMedia(
  { connection, assets, fetch, sandboxNow }: MediaRoom,
  workspace: WorkspaceId,
  request: Request,
  step: MediaStep,
  signal?: AbortSignal,
): Promise<SettledMedia> {
  const uses = new Map<Media, string>();
  for (const { media, path } of mediaOfRequest(request)) if (!uses.has(media)) uses.set(media, path);
  const hashes = [...uses.keys()].flatMap((media) => assetHash(media) ?? []);
  const stored = hashes.length === 0 ? [] : await findAssets(connection, workspace, hashes);
  const known = new Map(stored.map((asset) => [asset.sha256, asset]));

  const settleUrl = async (url: string, path: string): Promise<Settled> => {
    const own = await assets.findOwn(workspace, url, path);
    if (own !== undefined) return own.ok ? asAsset(own.value) : { problems: own.problems };
    const refusal = fetch.inspect(url);
    if (refusal !== undefined) return { problems: [fetchProblem(path, refusal)] };
    if (step !== 'fetch') return 'pending';
    const kept = await assets.keep(workspace, { kind: 'url', url }, { path, signal });
    return kept.ok ? asAsset(kept.value) : { problems: kept.problems };
  };
  const settle = async (media: Media, path: string): Promise<Settled> => {
    const hash = assetHash(media);
    if (hash !== undefined) {
      const asset = known.get(hash);
      return asset === undefined ? { problems: [unknownAsset(path, hash)] } : { media, facts: asset.facts };
    }
    if (/^https?:/i.test(media)) return await settleUrl(media, path);
    if (!/^data:/i.test(media)) {
      // A name that an upload got here. Somebody else's is as unknown as one that nobody has.
      const named = await findUpload(connection, workspace, media, await sandboxNow());
      if (named !== undefined) {
        const { asset, model = request.model } = named;
        // Its card's id: a request may name an edition of it.
        if (model === request.model || model === findCard(request.model)?.id) return asAsset(asset);
        return { problems: [problem('media_of_other_model', path, { found: model, model: request.model })] };
      }
      // Only uploads give such names; this one is over, or was never given to this caller.
      if (/^oss:/i.test(media)) return { problems: [unknownAsset(path, media)] };
      return { problems: [addressProblem(path, shownUrl(media) || written(media))] };
    }
    const source = { kind: 'data', uri: media } as const;
    if (step === 'look') {
      const measured = await assets.measure(workspace, source, { path });
      return measured.ok ? { media, facts: measured.value } : { problems: measured.problems };
    }
    const kept = await assets.keep(workspace, source, { path });
    return kept.ok ? asAsset(kept.value) : { problems: kept.problems };
  };

  const settled = new Map<Media, Settled>();
  const next = uses.entries();
  const lane = async () => {
    for (const [media, path] of next) {
      signal?.throwIfAborted();
      settled.set(media, await settle(media, path));
    }
  };
  // All of them end before this does: nothing goes on behind whoever asked.
  for (const ended of await Promise.allSettled(Array.from({ length: atOnce }, lane)))
    if (ended.status === 'rejected') throw ended.reason;
  return gather(request, [...uses.keys()], settled, step);
}

/** What is no address, as it was given: a file's name mostly. Anything that could hold a key is not repeated. */
function written(media: Media): string {
  return /^[^:?#@=]{1,120}$/u.test(media) ? media : '';
}

function asAsset({ sha256, facts }: { readonly sha256: string; readonly facts: MediaFacts }): Settled {
  return { media: `asset:${sha256}`, facts };
}

function gather(
  request: Request,
  media: readonly Media[],
  settled: ReadonlyMap<Media, Settled>,
  step: MediaStep,
): SettledMedia {
  const measured: Record<Media, MediaFacts> = Object.create(null);
  const renamed = new Map<Media, Media>();
  const problems: Problem[] = [];
  let pending = false;
  for (const one of media) {
    const outcome = settled.get(one)!;
    if (outcome === 'pending') pending = true;
    else if ('problems' in outcome) problems.push(...outcome.problems);
    else {
      // Whoever only looks is answered in the names that were asked with.
      const name = step === 'look' ? one : outcome.media;
      renamed.set(one, name);
      measured[name] = outcome.facts;
    }
  }
  const named = replaceMedia(request, (one) => renamed.get(one) ?? one);
  return { request: named, facts: { media: factsForRequest(named, measured), lines: {} }, problems, pending };
}
