import type { RefusalGolden } from '../../golden.ts';
import { type Json, jsonBody } from '../../message.ts';
import { thirdParty } from './sources.ts';

function refusal(status: number, body: Json, reads: string, problem?: RefusalGolden['problem']): RefusalGolden {
  const answer = { status, headers: { 'content-type': 'application/json' }, body: jsonBody(body) };
  const name = `${status}: ${JSON.stringify(body)}`;
  return { name, source: thirdParty, answer, requestId: 'r', reads, ...(problem !== undefined && { problem }) };
}

const type = 'invalid_request_error';
const blocked = 'Your request was blocked by our moderation system.';

/** The page shows no error of a request; these are the two forms that a client of others reads. */
export const refusals: readonly RefusalGolden[] = [
  refusal(400, { error: { message: blocked, type, param: null, code: 'moderation_blocked' } }, 'moderation_blocked', {
    code: 'moderation_blocked',
    path: '',
  }),
  refusal(
    400,
    {
      error: {
        message: "Missing required parameter: 'model'.",
        type,
        param: 'model',
        code: 'missing_required_parameter',
      },
    },
    'vendor_refused',
    { code: 'field_missing', path: 'model' },
  ),
  refusal(401, { message: 'unauthorized', code: 'unauthorized' }, 'key_invalid'),
  refusal(400, { message: 'bad size', code: 'invalid_parameter' }, 'vendor_refused'),
  refusal(429, { error: { message: 'slow down', code: 'too_many_requests' } }, 'rate_limited'),
];
