import { type GoldenSource, jsonAnswer, type RefusalGolden } from '../../golden.ts';
import { ours, reviewSeen } from './sources.ts';

const now = Date.UTC(2026, 2, 9, 2, 44, 54, 716);
const ts = '2026-03-09T10:44:54.716000000+08:00[Asia/Shanghai]';

function refusal(
  status: number,
  message: string,
  reads: string,
  problem: RefusalGolden['problem'],
  source: GoldenSource = ours,
): RefusalGolden {
  return {
    name: `${status} ${message}`,
    source,
    answer: jsonAnswer({ code: status, message, data: null, ts }, status),
    requestId: '',
    now,
    reads,
    ...(problem !== undefined && { problem }),
  };
}

/** The page has tabs for errors of status 400, 401, 404 and 500, without bodies; what stands in them here is ours. */
export const refusals: readonly RefusalGolden[] = [
  refusal(
    400,
    'The content contains inappropriate information and does not pass the review.',
    'vendor_refused',
    { code: 'moderation_blocked', path: '' },
    reviewSeen,
  ),
  refusal(400, '缺少 input.resolution。请补充。', 'vendor_refused', {
    code: 'field_missing',
    path: 'input.resolution',
  }),
  refusal(401, '未提供密钥。请按接口说明发送密钥。', 'key_invalid', { code: 'key_missing', path: '' }),
  refusal(404, '没有任务“x”。请检查 id；它可能已过期。', 'vendor_refused', {
    code: 'generation_unknown',
    path: '',
    values: { found: 'x' },
  }),
  refusal(500, '服务器内部错误', 'vendor_failed', {
    code: 'disk_full',
    path: '',
    values: { found: '/srv/films/a.mp4' },
  }),
];
