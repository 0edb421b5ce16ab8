import { byteWords, type Localized, type Problem, type ProblemValues, problem } from '@refreel/core/model';
import type { FetchRefusal } from '../fetch/index.ts';

/** What a person may give instead of an address that cannot be read. */
const anyMedium: Localized = {
  en: 'an http or https address, a data URI, or the hash of a file that you stored',
  zh: ' http 或 https 地址、data URI，或已存储文件的哈希值',
};

/** What is no address at all is not shown: nobody knows where its secrets stand. */
const unreadable: Localized = { en: 'what is written here', zh: '此处所填内容' };

/** A medium that was not fetched, as the problem that whoever named it reads. */
export function fetchProblem(path: string, refusal: FetchRefusal): Problem {
  const { url, limit = '', found = '' } = refusal;
  const of = (code: Problem['code'], values: ProblemValues = {}) => problem(code, path, { found: url, ...values });
  switch (refusal.code) {
    case 'url_invalid':
    case 'url_scheme':
      return addressProblem(path, url);
    case 'url_credentials':
      return of('media_address_credentials');
    case 'url_port':
      return of('media_address_port', { found, limit });
    case 'address_forbidden':
      return of('media_address_forbidden');
    case 'name_not_found':
      return of('media_host_unknown');
    case 'unreachable':
    case 'reset':
      return of('media_unreachable');
    case 'tls':
      return of('media_certificate', { limit: found });
    case 'redirect_loop':
    case 'redirect_forbidden':
      return of('media_redirect', { limit: refusal.because ?? refusal.code });
    case 'status':
      return of('media_status', { status: found });
    case 'too_large':
      return problem('media_too_large', path, {
        ...{ found, limit },
        ...(typeof found === 'number' && { foundBytes: byteWords(found) }),
        ...(typeof limit === 'number' && { limitBytes: byteWords(limit) }),
      });
    case 'timeout':
      return of('media_download_timeout', { limit });
    case 'content_type':
      return problem('media_content_type', path, { found, limit });
    case 'encoding':
      return of('media_answer', { limit: `Content-Encoding: ${found}` });
    case 'response_invalid':
      return of('media_answer', { limit: { en: 'it is not HTTP', zh: '不是 HTTP 响应' } });
    case 'data_invalid':
      return problem('media_data_uri', path, { found, limit });
  }
}

/** Something that names no medium at all. `found` must be fit to be shown. */
export function addressProblem(path: string, found: string): Problem {
  return problem('media_address', path, { found: found === '' ? unreadable : found, limit: anyMedium });
}

/** A hash, or an address of our own, behind which the caller has nothing. */
export function unknownAsset(path: string, found: string): Problem {
  return problem('media_not_stored', path, { found });
}
