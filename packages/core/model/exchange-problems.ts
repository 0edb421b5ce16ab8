import { kind, type ProblemKind, type Texts } from './problem-kind.ts';

const caller = (status: number, en: Texts, zh: Texts) => kind(status, 'caller', false, en, zh);
const vendor = (status: number, retryable: boolean, en: Texts, zh: Texts) => kind(status, 'vendor', retryable, en, zh);

/** What can go wrong between whoever asks and whoever answers, whatever they speak of. */
export const exchangeProblems = {
  // --- how it was asked
  key_missing: caller(
    401,
    ['No key was given.', 'Send your key as the reference of this API shows it.'],
    ['未提供密钥。', '请按接口说明发送密钥。'],
  ),
  key_invalid: caller(
    401,
    ['The key is not known here.', 'Check it, and that it belongs to this server and region.'],
    ['密钥无效。', '请检查密钥，并确认其属于该服务器和地域。'],
  ),
  route_unknown: caller(
    404,
    ['There is no {found} here.', 'Check method and path against the reference of this API.'],
    ['此处没有 {found}。', '请对照接口说明检查方法和路径。'],
  ),
  body_unreadable: caller(
    400,
    ['The body cannot be read: {found}.', 'Send {limit}.'],
    ['请求体无法解析：{found}。', '请发送{limit}。'],
  ),
  body_too_large: caller(
    413,
    ['The body is larger than {limitBytes}.', 'Send large media by address or as an upload.'],
    ['请求体超过 {limitBytes}。', '请用地址或上传方式提供大文件。'],
  ),
  content_type: caller(
    415,
    ['The body is sent as {found}; {limit} is needed.', 'Send it in that form, and say so in its headers.'],
    ['请求体类型为 {found}，应为 {limit}。', '请以该形式发送，并在请求头中注明。'],
  ),
  header_missing: caller(
    400,
    ['The header {path} must be "{limit}" here.', 'Add it.'],
    ['请求头 {path} 应为“{limit}”。', '请添加。'],
  ),
  async_only: caller(
    403,
    ['{path}: only asynchronous calls are supported.', 'Set it to "{limit}", then ask for the state by id.'],
    ['{path}：仅支持异步调用。', '请设为“{limit}”，再按 id 查询状态。'],
  ),
  field_missing: caller(400, ['{path} is missing.', 'Add it.'], ['缺少 {path}。', '请补充。']),
  media_address: caller(
    422,
    ['{path}: "{found}" is no address that can be read here.', 'Give {limit}.'],
    ['{path}：“{found}”不是可读取的地址。', '请提供{limit}。'],
  ),
  generation_unknown: caller(
    404,
    ['There is no generation "{found}".', 'Check the id; it may have expired.'],
    ['没有任务“{found}”。', '请检查 id；它可能已过期。'],
  ),
  cancel_too_late: caller(
    409,
    ['Generation "{found}" can no longer be cancelled.', 'Only what still waits can be; look at its state.'],
    ['任务“{found}”已不能取消。', '仅排队中的任务可取消；请查询其状态。'],
  ),

  // --- what came back
  rate_limited: vendor(
    429,
    true,
    ['Too many requests: {found}.', 'Try again a little later.'],
    ['请求过于频繁：{found}。', '请稍后重试。'],
  ),
  quota_exhausted: kind(
    402,
    'operator',
    false,
    ["The account's balance or quota is used up: {found}.", 'Top it up at the vendor.'],
    ['账户余额或额度不足：{found}。', '请到供应商处充值或提额。'],
  ),
  vendor_refused: vendor(
    502,
    false,
    ['The vendor refused the request: {found}.', 'Change what it speaks of, and send it again.'],
    ['供应商拒绝了请求：{found}。', '请按提示修改后重新提交。'],
  ),
  vendor_failed: vendor(
    502,
    true,
    ['The vendor could not make the film: {found}.', 'Try again; nothing is known to be wrong with the request.'],
    ['供应商生成失败：{found}。', '请重试；未发现请求本身有问题。'],
  ),
  vendor_unavailable: vendor(
    503,
    true,
    ['The vendor is not available: {found}.', 'Try again later.'],
    ['供应商暂不可用：{found}。', '请稍后重试。'],
  ),
  answer_unreadable: vendor(
    502,
    false,
    ["The vendor's answer cannot be read: {found}.", 'Look at its own console before you send it again.'],
    ['无法解析供应商的响应：{found}。', '重新提交前请先查看其控制台。'],
  ),
} as const satisfies Record<string, ProblemKind>;
