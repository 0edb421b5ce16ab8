import { explainProblem, languages } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { type FetchRefusal, fetchRefusalCodes } from '../fetch/index.ts';
import { addressProblem, fetchProblem, unknownAsset } from './fetch-problem.ts';

const examples: Partial<Record<FetchRefusal['code'], Partial<FetchRefusal>>> = {
  url_port: { limit: '80, 443', found: 25 },
  tls: { found: 'CERT_HAS_EXPIRED' },
  redirect_forbidden: { because: 'address_forbidden' },
  status: { limit: 200, found: 403 },
  too_large: { unit: 'bytes', limit: 200, found: 400 },
  timeout: { unit: 'seconds', limit: 15, found: 'idle' },
  encoding: { limit: 'identity', found: 'gzip' },
  content_type: { limit: 'image', found: 'text/html' },
  data_invalid: { limit: 'base64', found: 'other characters' },
};

test('every refusal of a fetch is a problem that a person can read in both languages', () => {
  const url = 'https://example.com/a.png';
  const problems = fetchRefusalCodes.map((code) =>
    fetchProblem('references[0].image', { code, url, ...examples[code] }),
  );
  for (const one of [
    ...problems,
    addressProblem('startFrame', 'ftp:'),
    addressProblem('url', ''),
    unknownAsset('startFrame', 'f00d'),
  ]) {
    for (const language of languages) {
      const { message, remedy } = explainProblem(one, language);
      expect(`${message} ${remedy}`).not.toMatch(/\{|undefined|""|“”/);
      expect(message).toContain(one.path);
    }
  }
});
