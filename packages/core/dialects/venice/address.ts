import { type Problem, problem } from '../../model/index.ts';
import { shown } from '../shown.ts';

/** "Must be a URL (http/https) or a data URL", says the specification. */
export function checkAddress(path: string, media: string, kind: 'image' | 'video', problems: Problem[]): void {
  if (/^https?:\/\/[^\s/]+/iu.test(media)) return;
  if (new RegExp(`^data:${kind}/[\\w.+-]+;base64,[A-Za-z0-9+/_-]`, 'iu').test(media)) return;
  const limit = {
    en: `an http or https address, or a data URL (data:${kind}/...;base64,...)`,
    zh: ` http、https 地址或 data URL（data:${kind}/...;base64,...）`,
  };
  problems.push(problem('media_address', path, { found: shown(media), limit }));
}
