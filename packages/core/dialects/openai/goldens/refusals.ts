import type { RefusalGolden } from '../../golden.ts';
import { type Json, jsonBody } from '../../message.ts';
import { engines, users } from './sources.ts';

const headers = { 'content-type': 'application/json' };

function refusal(
  status: number,
  error: { message: string; type: string; param: string | null; code: string | null },
  reads: string,
  problem?: RefusalGolden['problem'],
): RefusalGolden {
  const answer = { status, headers, body: jsonBody({ error }) };
  const name = `${status} ${error.code}: ${error.message}`;
  return { name, source: users, answer, requestId: 'req_1', reads, ...(problem !== undefined && { problem }) };
}

function engine(status: number, body: Json, reads: string): RefusalGolden {
  const name = `an engine, ${status}: ${JSON.stringify(body)}`;
  return { name, source: engines, answer: { status, headers, body: jsonBody(body) }, requestId: 'req_1', reads };
}

const type = 'invalid_request_error';

/** Errors that are known of the vendor and of the engines. */
export const refusals: readonly RefusalGolden[] = [
  refusal(
    400,
    { message: "Unknown parameter: 'duration'.", type, param: 'duration', code: 'unknown_parameter' },
    'vendor_refused',
    { code: 'unknown_field', path: 'duration', values: { hint: '' } },
  ),
  refusal(
    400,
    {
      message: "Invalid type for 'input_reference': expected a file, but got a string instead.",
      type,
      param: 'input_reference',
      code: 'invalid_type',
    },
    'vendor_refused',
  ),
  refusal(
    400,
    {
      message: "Invalid type for 'seconds': expected one of '4', '8', or '12', but got an integer instead.",
      type,
      param: 'seconds',
      code: 'invalid_type',
    },
    'vendor_refused',
  ),
  refusal(
    400,
    { message: 'Inpaint image must match the requested width and height', type, param: null, code: null },
    'vendor_refused',
  ),
  refusal(
    400,
    {
      message: 'Your request was blocked by our moderation system.',
      type,
      param: null,
      code: 'moderation_blocked',
    },
    'moderation_blocked',
    { code: 'moderation_blocked', path: '' },
  ),
  refusal(401, { message: 'Incorrect API key provided.', type, param: null, code: 'invalid_api_key' }, 'key_invalid', {
    code: 'key_invalid',
    path: '',
  }),
  refusal(
    429,
    {
      message: 'You exceeded your current quota, please check your plan and billing details.',
      type: 'insufficient_quota',
      param: null,
      code: 'insufficient_quota',
    },
    'quota_exhausted',
    { code: 'quota_exhausted', path: '' },
  ),
  refusal(
    429,
    { message: 'Rate limit reached.', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    'rate_limited',
  ),
  refusal(500, { message: 'The server had an error.', type: 'server_error', param: null, code: null }, 'vendor_failed'),
  engine(400, { detail: 'input_reference file is required' }, 'vendor_refused'),
  engine(422, { detail: [{ loc: ['body', 'prompt'], msg: 'Field required' }] }, 'vendor_refused'),
  engine(503, { message: 'loading', code: 503 }, 'vendor_unavailable'),
];
