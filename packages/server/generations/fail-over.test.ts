import type { ProblemCode } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { elsewhereAfter } from './fail-over.ts';

const after = (code: ProblemCode, retryBlocked?: boolean) => elsewhereAfter({ code }, { retryBlocked });

test('what an account lacks another one may have; what a model cannot do another one may do', () => {
  for (const code of ['account_key_refused', 'account_aside', 'quota_exhausted', 'unknown_model'] as const)
    expect(after(code), code).toBe('account');
  for (const code of ['vendor_refused', 'input_unsupported', 'media_out_of_reach'] as const)
    expect(after(code), code).toBe('request');
});

test('what it would show is asked elsewhere only where the request allows that', () => {
  expect([after('moderation_blocked'), after('moderation_blocked', false)]).toEqual([undefined, undefined]);
  expect(after('moderation_blocked', true)).toBe('request');
});

test('after what may be otherwise later, or may be there all the same, nobody else is asked', () => {
  const codes = [
    'vendor_failed',
    'vendor_unavailable',
    'rate_limited',
    'submit_unconfirmed',
    'vendor_lost_it',
  ] as const;
  for (const code of [...codes, 'vendor_silent', 'render_cancelled', 'render_timeout', 'film_unfetched'] as const)
    expect(after(code, true), code).toBeUndefined();
});
