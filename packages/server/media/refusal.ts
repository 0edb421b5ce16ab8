/**
 * Why a medium was refused. `limit` and `found` are what a message needs to say it: numbers where `unit` is given, else words such
 * as "an HTML page". Plain data, so that it crosses from the child process as it is.
 */
export interface MediaRefusal {
  readonly code: RefusalCode;
  readonly limit?: number | string;
  readonly found?: number | string;
  readonly unit?: RefusalUnit;
}

/** What `limit` and `found` count. */
export type RefusalUnit = 'bytes' | 'pixels' | 'pixels-a-side' | 'seconds' | 'frames';

export type RefusalCode = (typeof refusalCodes)[number];

export const refusalCodes = [
  /** There is no such file. */
  'media_missing',
  /** It is there, and may not be read, or is no file: a folder, a pipe, a device. */
  'media_unreadable',
  'media_empty',
  /** The bytes are something else: `found` names it, `limit` lists what is accepted. */
  'media_type_unsupported',
  /** The file stops before its own structure says that it ends: a download that broke off. */
  'media_truncated',
  /** It is whole and of a known type, and does not decode. */
  'media_corrupt',
  'media_too_large',
  'media_too_many_pixels',
  'media_too_long',
  'media_too_many_frames',
  /** Given by whoever runs the child process: the time of one file is over. */
  'media_timeout',
] as const;

/** Thrown inside this folder wherever a medium is refused; `measureFile` returns it as a result instead. */
export class MediaRefused extends Error {
  readonly refusal: MediaRefusal;

  constructor(refusal: MediaRefusal, cause?: unknown) {
    super(`${refusal.code}${refusal.found === undefined ? '' : `: ${refusal.found}`}`, { cause });
    this.name = 'MediaRefused';
    this.refusal = refusal;
  }
}

/** Refuses if `found` is above `limit`. */
export function holdTo(code: RefusalCode, unit: RefusalUnit, limit: number, found: number): void {
  if (found > limit) throw new MediaRefused({ code, unit, limit, found });
}
