import { rm } from 'node:fs/promises';
import type { FitTarget } from '@refreel/core/model';
import { fitMedium } from '../media/fit/fit-medium.ts';
import { refusalProblem } from '../producers/animatic/refusals.ts';
import { type Asset, findAsset, isDiskFull, keepAsset, type WorkspaceId } from '../store/index.ts';
import type { AssetsOptions } from './assets-options.ts';
import { unknownAsset } from './fetch-problem.ts';
import { fullDisk } from './receive.ts';
import { done, type Outcome, refused } from './source.ts';

/**
 * Makes an asset of a workspace fit, and keeps what comes of it as an asset of its own: measured anew, by its hash. The asset itself stays.
 * @throws the signal's reason
 */
export async function fitAsset(
  { connection, files, measurer, work }: Pick<AssetsOptions, 'connection' | 'files' | 'measurer' | 'work'>,
  workspace: WorkspaceId,
  { sha256, to, path }: { readonly sha256: string; readonly to: FitTarget; readonly path: string },
  signal?: AbortSignal,
): Promise<Outcome<Asset>> {
  const asset = await findAsset(connection, workspace, sha256);
  const file = asset === undefined ? undefined : await files.localPath(sha256);
  if (asset === undefined || file === undefined) return refused(unknownAsset(path, sha256));
  const into = work.file();
  try {
    const answer = await fitMedium(file, into, to, signal);
    if (!answer.ok) return refused(refusalProblem(path, asset.name ?? path, answer.refusal));
    const looked = await measurer.measure({ file: into, path, name: asset.name ?? path, fully: true });
    if (looked.facts === undefined) return refused(looked.problem);
    const stored = await files.put({ file: into });
    const { mediaType } = looked.facts;
    const kept = { ...stored, mediaType, name: asset.name, facts: looked.facts };
    return done(await keepAsset(connection, workspace, kept));
  } catch (error) {
    if (isDiskFull(error)) return refused(fullDisk(path));
    throw error;
  } finally {
    await rm(into, { force: true });
  }
}
