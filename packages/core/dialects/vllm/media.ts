import { z } from 'zod';
import { type Problem, problem } from '../../model/index.ts';
import type { Json } from '../message.ts';
import type { FormFile } from '../openai/fields.ts';
import type { OneMedium } from '../openai/one-medium.ts';
import { shown } from '../shown.ts';
import type { WireCreate } from './wire.ts';

/** "file_id references are not implemented yet" (docs/serving/videos_api.md@0131cb55). */
const Pointed = {
  image_reference: z.strictObject({ image_url: z.string() }).transform(({ image_url }) => image_url),
  video_reference: z.strictObject({ video_url: z.string() }).transform(({ video_url }) => video_url),
} as const;

type Medium = Pick<OneMedium, 'kind' | 'media'>;

/** Reads the one medium of a form: "do not combine" them, says the page. */
export function decodeMedium(
  body: WireCreate,
  files: readonly FormFile[],
): { readonly medium: Medium | undefined; readonly problems: Problem[] } {
  const found: Medium[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    if (file.name === 'input_reference') found.push({ kind: kindOf(file), media: file.bytes });
    else problems.push(problem('unknown_field', file.name.slice(0, 80), { hint: '' }));
  }
  for (const name of ['image_reference', 'video_reference'] as const) {
    const text = body[name];
    if (text == null || text === '') continue;
    const url = Pointed[name].safeParse(parsed(text)).data;
    if (url === undefined) {
      const limit = name === 'image_reference' ? '{"image_url": "..."}' : '{"video_url": "..."}';
      problems.push(problem('invalid_request', name, { found: { en: `it must be ${limit}`, zh: `应为 ${limit}` } }));
    } else if (!isAddress(url)) {
      const limit = { en: 'an http or https address, or a data URI', zh: ' http、https 地址或 data URI' };
      problems.push(problem('media_address', name, { found: shown(url), limit }));
    } else found.push({ kind: name === 'image_reference' ? 'picture' : 'film', media: url });
  }
  if (found.length > 1) {
    const words = {
      en: 'provide only one of input_reference, image_reference, or video_reference',
      zh: 'input_reference、image_reference、video_reference 只能提供一个',
    };
    problems.push(problem('invalid_request', 'input_reference', { found: words }));
  }
  return { medium: found[0], problems };
}

/** Writes the one medium: what is stored here as a file, anything else by its address. */
export function encodeMedium(medium: OneMedium | undefined): {
  readonly fields: { readonly [key: string]: Json };
  readonly files: readonly FormFile[];
} {
  if (medium === undefined) return { fields: {}, files: [] };
  const { kind, media } = medium;
  if (!isAddress(media)) {
    // Empty: name and type are those of the bytes that the handle stands for. The type says whether it is a picture or a film.
    return { fields: {}, files: [{ name: 'input_reference', fileName: '', mediaType: '', bytes: media }] };
  }
  const fields =
    kind === 'film'
      ? { video_reference: JSON.stringify({ video_url: media }) }
      : { image_reference: JSON.stringify({ image_url: media }) };
  return { fields, files: [] };
}

function kindOf({ mediaType, fileName }: FormFile): Medium['kind'] {
  return /^video\//i.test(mediaType) || /\.(?:mp4|mov|mkv|webm)$/i.test(fileName) ? 'film' : 'picture';
}

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/[^\s/]+|data:(?:image|video)\/[\w.+-]+;base64,)/iu.test(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
