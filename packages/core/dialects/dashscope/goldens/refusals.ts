import type { RefusalGolden } from '../../golden.ts';
import { jsonBody } from '../../message.ts';
import { errorsPage, guide, reference27, tasksPage } from './sources.ts';

function refusal(
  status: number,
  code: string,
  message: string,
  reads: string,
  problem?: RefusalGolden['problem'],
  source = errorsPage,
): RefusalGolden {
  const requestId = '7438d53d-6eb8-4596-8835-xxxxxx';
  return {
    name: `${code}: ${message}`,
    source,
    answer: {
      status,
      headers: { 'content-type': 'application/json' },
      body: jsonBody({ code, message, request_id: requestId }),
    },
    requestId,
    reads,
    ...(problem !== undefined && { problem }),
  };
}

const at = (code: string, path = '') => ({ code, path });

/** Every documented error that reference to video may meet. */
export const refusals: readonly RefusalGolden[] = [
  refusal(401, 'InvalidApiKey', 'No API-key provided.', 'key_invalid', at('key_missing'), reference27),
  refusal(401, 'InvalidApiKey', 'Invalid API-key provided.', 'key_invalid', at('key_invalid')),
  refusal(
    403,
    'AccessDenied',
    'current user api does not support synchronous calls',
    'vendor_refused',
    at('async_only', 'X-DashScope-Async'),
    reference27,
  ),
  refusal(400, 'InvalidParameter', 'url error, please check url!', 'vendor_refused', undefined, guide),
  refusal(
    400,
    'BadRequest.EmptyModel',
    'Required parameter "model" missing from request.',
    'vendor_refused',
    at('field_missing', 'model'),
  ),
  refusal(
    400,
    'BadRequest.EmptyInput',
    'Required input parameter missing from request.',
    'vendor_refused',
    at('field_missing', 'input'),
  ),
  refusal(
    400,
    'InvalidParameter',
    'Field required: input.prompt',
    'vendor_refused',
    at('field_missing', 'input.prompt'),
  ),
  refusal(
    400,
    'DataInspectionFailed',
    'Input or output data may contain inappropriate content.',
    'moderation_blocked',
    at('moderation_blocked'),
  ),
  refusal(
    400,
    'InvalidParameter.DataInspection',
    'The media format is not supported or incorrect for the data inspection.',
    'vendor_refused',
  ),
  refusal(400, 'InvalidURL.Timeout', 'Download xxx timeout, please check network connection.', 'vendor_refused'),
  refusal(
    400,
    'Arrearage',
    'Access denied, please make sure your account is in good standing.',
    'quota_exhausted',
    at('quota_exhausted'),
  ),
  refusal(
    400,
    'UnsupportedOperation',
    'Failed to cancel the task, please confirm if the task is in PENDING status.',
    'vendor_refused',
    at('cancel_too_late'),
    tasksPage,
  ),
  refusal(
    403,
    'AccessDenied.Unpurchased',
    'Access to model denied. Please make sure you are eligible for using the model.',
    'vendor_refused',
  ),
  refusal(403, 'AllocationQuota.FreeTierOnly', 'The free tier of the model has been exhausted.', 'quota_exhausted'),
  refusal(
    404,
    'ModelNotFound',
    'The model does not exist or you do not have access to it.',
    'vendor_refused',
    at('unknown_model', 'model'),
  ),
  refusal(
    429,
    'Throttling.RateQuota',
    'Requests rate limit exceeded, please try again later.',
    'rate_limited',
    at('rate_limited'),
  ),
  refusal(429, 'Throttling.BurstRate', 'Request rate increased too quickly.', 'rate_limited'),
  refusal(
    500,
    'InternalError',
    'An internal error has occured, please try again later.',
    'vendor_failed',
    at('disk_full'),
  ),
  refusal(500, 'InternalError.Algo', 'inference internal error.', 'vendor_failed', at('render_failed')),
  refusal(
    500,
    'InternalError.Timeout',
    'An internal timeout error has occured during execution.',
    'vendor_failed',
    at('render_timeout'),
  ),
  refusal(
    503,
    'ModelUnavailable',
    'Model is unavailable, please try again later.',
    'vendor_unavailable',
    at('vendor_unavailable'),
  ),
];
