import { jsonAnswer, type RefusalGolden } from '../../golden.ts';
import type { Json } from '../../message.ts';
import { statusPage, uploadPage } from './sources.ts';

function refusal(
  status: number,
  body: Json,
  reads: string,
  problem: RefusalGolden['problem'],
  more: Partial<RefusalGolden> = {},
): RefusalGolden {
  return {
    name: `${status} ${JSON.stringify(body)}`,
    source: statusPage,
    answer: jsonAnswer(body, status),
    requestId: '',
    language: 'zh',
    reads,
    ...(problem !== undefined && { problem }),
    ...more,
  };
}

const error = (code: number, message: string, type: string): Json => ({ error: { code, message, type } });
const english = { language: 'en', source: uploadPage } as const;

/** Every documented error. Where the page has no example, the words of its table stand in the shape of those that it has. */
export const refusals: readonly RefusalGolden[] = [
  refusal(404, error(404, '任务不存在', 'not_found_error'), 'vendor_refused', { code: 'generation_unknown', path: '' }),
  refusal(401, error(401, '身份验证失败，请检查您的API密钥', 'authentication_error'), 'key_invalid', {
    code: 'key_invalid',
    path: '',
  }),
  refusal(400, error(400, '请求参数无效', 'invalid_request'), 'vendor_refused', undefined),
  refusal(402, error(402, '余额不足', 'insufficient_quota'), 'quota_exhausted', { code: 'quota_exhausted', path: '' }),
  refusal(422, error(422, '内容违反了内容政策', 'content_policy_violation'), 'moderation_blocked', {
    code: 'moderation_blocked',
    path: '',
  }),
  refusal(429, error(429, '请求频率超限', 'rate_limit_exceeded'), 'rate_limited', { code: 'rate_limited', path: '' }),
  refusal(500, error(500, '服务器内部错误', 'internal_error'), 'vendor_failed', {
    code: 'disk_full',
    path: '',
    values: { found: '/srv/films/a.mp4' },
  }),
  refusal(
    400,
    { success: false, message: 'Unsupported image type. Allowed: JPEG, PNG, WebP, GIF' },
    'vendor_refused',
    { code: 'media_type', path: 'file', values: { found: 'image/bmp' } },
    english,
  ),
  refusal(
    400,
    { success: false, message: 'Image too large. Maximum size is 10MB' },
    'vendor_refused',
    { code: 'media_bytes', path: 'file' },
    english,
  ),
];
