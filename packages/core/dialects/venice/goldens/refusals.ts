import type { RefusalGolden } from '../../golden.ts';
import { type Json, jsonBody } from '../../message.ts';
import { errorsPage, guide, specification, videoGuide } from './sources.ts';

function refusal(
  status: number,
  body: { readonly [key: string]: Json },
  reads: string,
  problem?: RefusalGolden['problem'],
  source = errorsPage,
): RefusalGolden {
  return {
    name: `${status} ${JSON.stringify(body)}`,
    source,
    answer: { status, headers: { 'content-type': 'application/json' }, body: jsonBody(body) },
    requestId: 'r',
    reads,
    ...(problem !== undefined && { problem }),
  };
}

const at = (code: string, path = '') => ({ code, path });
const sentence = (
  status: number,
  error: string,
  reads: string,
  problem?: RefusalGolden['problem'],
  source = errorsPage,
) => refusal(status, { error }, reads, problem, source);

/** Every documented error that a film may meet. */
export const refusals: readonly RefusalGolden[] = [
  refusal(
    400,
    {
      error: 'Invalid request parameters',
      details: { _errors: [], field: { _errors: ['Field is required'] } },
      issues: [],
    },
    'vendor_refused',
    at('field_missing', 'field'),
  ),
  // These stand in the guide without the details that go with them here.
  sentence(400, 'Number of images exceeds the limit', 'vendor_refused', undefined, guide),
  sentence(400, 'At least one reference image is required', 'vendor_refused', undefined, guide),
  sentence(401, 'Authentication failed', 'key_invalid', at('key_missing')),
  sentence(401, 'Authentication failed', 'key_invalid', at('key_invalid')),
  sentence(401, 'This model is only available to Pro users', 'key_invalid'),
  sentence(
    402,
    'Insufficient USD or Diem balance to complete request. Visit https://venice.ai/settings/api to add credits.',
    'quota_exhausted',
    at('quota_exhausted'),
  ),
  sentence(403, 'Unauthorized access', 'vendor_refused'),
  sentence(400, 'Invalid model specified', 'vendor_refused'),
  sentence(400, 'Request ID is invalid.', 'vendor_refused'),
  sentence(400, 'The image file is corrupted or unreadable', 'vendor_refused'),
  sentence(400, 'Image dimensions are too small', 'vendor_refused'),
  sentence(404, 'Specified model not found', 'vendor_refused'),
  sentence(
    404,
    'Media could not be found. Request may be invalid, expired, or deleted.',
    'vendor_refused',
    at('generation_unknown', 'queue_id'),
  ),
  refusal(
    409,
    {
      error: { code: 'needs_consent', message: 'Consent is needed.' },
      consent_flow: 'seedance',
      face_media_roles: ['image'],
      consent: { consent_version: '1', policy_text: 'text' },
      docs_url: 'https://docs.venice.ai',
    },
    'vendor_refused',
    undefined,
    specification,
  ),
  refusal(
    413,
    {
      code: 'PAYLOAD_TOO_LARGE',
      error: 'The request payload is too large. Please reduce the size of your request.',
    },
    'vendor_refused',
    { ...at('body_too_large'), values: { limitBytes: '1 MB' } },
  ),
  sentence(415, 'Invalid request content-type', 'vendor_refused'),
  sentence(422, 'Video duration exceeds the maximum allowed.', 'vendor_refused'),
  sentence(422, 'Video duration is too short.', 'vendor_refused'),
  sentence(422, 'Image dimensions exceed the maximum allowed.', 'vendor_refused'),
  sentence(
    422,
    'Your prompt violates the content policy of Venice.ai or the model provider',
    'moderation_blocked',
    at('moderation_blocked'),
  ),
  refusal(
    422,
    {
      error: 'Your prompt violates the content policy of Venice.ai or the model provider',
      suggested_prompt: 'A cinematic instrumental track inspired by stormy weather and dramatic tension.',
    },
    'moderation_blocked',
    undefined,
    specification,
  ),
  sentence(429, 'Rate limit exceeded', 'rate_limited', at('rate_limited')),
  sentence(429, 'The model is currently overloaded. Please try again later.', 'rate_limited'),
  sentence(500, 'Inference processing failed', 'vendor_failed', at('render_failed')),
  sentence(500, 'Inference processing failed', 'vendor_failed', at('vendor_failed'), videoGuide),
  sentence(500, 'An unknown error occurred', 'vendor_failed', at('disk_full')),
  sentence(
    503,
    'The model is temporarily offline. Please try again later.',
    'vendor_unavailable',
    at('server_stopping'),
  ),
  sentence(503, 'The model is at capacity. Please try again later.', 'vendor_unavailable', at('vendor_unavailable')),
  sentence(
    504,
    'The request took too long to complete and was timed-out. For long-running inference requests, use the streaming API by setting `stream=true` in your request.',
    'vendor_failed',
  ),
];
