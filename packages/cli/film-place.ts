import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Localized, type Problem, problem } from '@refreel/core/model';

/** "film.mp4" -> "film-2.mp4". */
export function numbered(file: string, number: number): string {
  return file.replace(/(\.[^./\\]*)?$/, (ending) => `-${number}${ending}`);
}

/** A film must not take the place of what it is made from, nor of anything else that goes somewhere. */
export async function takenPlace(
  output: string,
  requestFile: string | undefined,
  media: readonly string[],
  others: readonly { readonly file: string; readonly limit: Localized }[] = [],
): Promise<Problem[]> {
  const found = resolve(output);
  const real = (file: string) => realpath(file).catch(() => file);
  const request = { en: 'it is the request itself', zh: '这正是请求文件' };
  const medium = { en: "it is one of the film's own media", zh: '这是该影片使用的素材' };
  const taken = [
    ...(requestFile === undefined ? [] : [{ file: requestFile, limit: request }]),
    ...media.map((file) => ({ file, limit: medium })),
    ...others,
  ];
  const place = await real(found);
  for (const { file, limit } of taken)
    if ((await real(file)) === place) return [problem('output_unwritable', 'output', { found, limit })];
  return [];
}
