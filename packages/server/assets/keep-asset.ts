import { rm } from 'node:fs/promises';
import type { FitTarget, MediaFacts } from '@refreel/core/model';
import type { FetchLimits } from '../fetch/index.ts';
import { defaultLimits } from '../media/limits.ts';
import { type Asset, findAsset, findFilm, isDiskFull, keepAsset, type WorkspaceId } from '../store/index.ts';
import type { AssetsOptions } from './assets-options.ts';
import { unknownAsset } from './fetch-problem.ts';
import { fitAsset } from './fit-asset.ts';
import { readOwnAddress } from './own-address.ts';
import { fullDisk, type Received, receive } from './receive.ts';
import { type AssetSource, done, type Outcome, refused } from './source.ts';

export interface KeepOptions {
  /** Where a problem says that it was. Default: the kind of the source. */
  readonly path?: string;
  readonly signal?: AbortSignal | undefined;
}

/** What workspaces store, before a request speaks of it. */
export interface Assets {
  /** Stores and measures bytes; the same bytes again give the same asset. @throws what the stream threw, or the signal's reason */
  keep(workspace: WorkspaceId, source: AssetSource, options?: KeepOptions): Promise<Outcome<Asset>>;
  /** Measures bytes and forgets them. */
  measure(workspace: WorkspaceId, source: AssetSource, options?: KeepOptions): Promise<Outcome<MediaFacts>>;
  /** Makes an asset fit what a model takes; what comes of it is an asset of its own. @throws the signal's reason */
  fit(
    workspace: WorkspaceId,
    fit: { readonly sha256: string; readonly to: FitTarget; readonly path: string },
    signal?: AbortSignal,
  ): Promise<Outcome<Asset>>;
  /**
   * The asset behind an address that this server handed out; a film becomes an asset by it. Undefined where the address is somebody else's,
   * a refusal where the workspace has no such thing.
   */
  findOwn(workspace: WorkspaceId, url: string, path: string): Promise<Outcome<Asset> | undefined>;
}

const defaultFetchLimits: FetchLimits = {
  bytes: defaultLimits.bytes,
  totalSeconds: 120,
  idleSeconds: 15,
  redirects: 5,
  accept: ['image', 'video', 'audio'],
};

export function openAssets(options: AssetsOptions): Assets {
  const { connection, files, fetch, measurer, work, ownBases = [] } = options;
  const limits = { ...defaultFetchLimits, ...options.limits };

  const measureReceived = async (received: Received, path: string): Promise<Outcome<MediaFacts>> => {
    const looked = await measurer.measure({ file: received.file, path, name: path, fully: true });
    return looked.facts === undefined ? refused(looked.problem) : done(looked.facts);
  };
  const store = async (workspace: WorkspaceId, name: string | null, file: string, facts: MediaFacts) => {
    const { sha256, bytes } = await files.put({ file });
    return await keepAsset(connection, workspace, { sha256, mediaType: facts.mediaType, bytes, name, facts });
  };

  /** Brings the source in, has it looked at, and removes it again. */
  const withReceived = async <Value>(
    source: AssetSource,
    { path = source.kind === 'stream' ? 'file' : source.kind, signal }: KeepOptions,
    look: (received: Received, path: string) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>> => {
    const file = work.file();
    try {
      const received = await receive(source, file, { fetch, limits, path, signal });
      return received.ok ? await look(received.value, path) : received;
    } catch (error) {
      if (isDiskFull(error)) return refused(fullDisk(path));
      throw error;
    } finally {
      await rm(file, { force: true });
    }
  };

  const keepFilm = async (workspace: WorkspaceId, generationId: string, index: number, path: string) => {
    const film = await findFilm(connection, workspace, generationId, index);
    if (film === undefined) return undefined;
    const known = await findAsset(connection, workspace, film.sha256);
    if (known !== undefined) return done(known);
    const file = await files.localPath(film.sha256);
    if (file === undefined) return undefined;
    const measured = await measureReceived({ file, bytes: film.bytes, sha256: film.sha256 }, path);
    return measured.ok ? done(await store(workspace, null, file, measured.value)) : measured;
  };

  const findOwn: Assets['findOwn'] = async (workspace, url, path) => {
    const own = readOwnAddress(url, ownBases);
    if (own === undefined) return undefined;
    const unknown = refused(unknownAsset(path, url));
    if (own.kind === 'unknown') return unknown;
    if (own.kind === 'film') return (await keepFilm(workspace, own.generationId, own.index, path)) ?? unknown;
    const asset = await findAsset(connection, workspace, own.sha256);
    return asset === undefined ? unknown : done(asset);
  };

  return {
    findOwn,
    fit: (workspace, fit, signal) => fitAsset({ connection, files, measurer, work }, workspace, fit, signal),
    async keep(workspace, source, asked = {}) {
      const own = source.kind === 'url' ? await findOwn(workspace, source.url, asked.path ?? 'url') : undefined;
      if (own !== undefined) return own;
      return await withReceived(source, asked, async (received, path) => {
        const known = await findAsset(connection, workspace, received.sha256);
        if (known !== undefined && (await files.has(received.sha256))) return done(known);
        // Also where another workspace has the same bytes: nothing of it is looked at for this one.
        const measured = await measureReceived(received, path);
        if (!measured.ok) return measured;
        return done(await store(workspace, source.name ?? null, received.file, measured.value));
      });
    },
    async measure(workspace, source, asked = {}) {
      const own = source.kind === 'url' ? await findOwn(workspace, source.url, asked.path ?? 'url') : undefined;
      if (own !== undefined) return own.ok ? done(own.value.facts) : own;
      return await withReceived(source, asked, measureReceived);
    },
  };
}
