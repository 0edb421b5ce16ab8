import type { Card } from '../../model/index.ts';
import type { GenerationView } from '../dialect.ts';
import type { Json } from '../message.ts';
import { takesMedia } from './media.ts';

/** What a finished film is billed by: seconds of input video and of the film together. Wan 2.7 adds the ratio, Wan 2.6 the size. */
export function writeUsage(view: GenerationView, card: Card | undefined): { [key: string]: Json } {
  const { film, films, inputSeconds } = view;
  const output = film?.seconds ?? films[0]?.seconds ?? 0;
  const width = film?.width ?? films[0]?.width ?? 0;
  const height = film?.height ?? films[0]?.height ?? 0;
  const seconds = {
    // Shares of 1.65 s leave a tail of binary dust; a microsecond is far below any frame.
    duration: Math.round((inputSeconds + output) * 1e6) / 1e6,
    input_video_duration: inputSeconds,
    output_video_duration: output,
    video_count: 1,
    SR: film === undefined ? Math.min(width, height) : Number.parseInt(film.tier, 10),
  };
  const typed = card === undefined || takesMedia(card);
  return typed
    ? { ...seconds, ratio: film?.ratio ?? `${width}:${height}` }
    : { ...seconds, size: `${width}*${height}` };
}
