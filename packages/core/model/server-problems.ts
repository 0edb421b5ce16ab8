import { kind, type ProblemKind, type Texts } from './problem-kind.ts';

const caller = (status: number, en: Texts, zh: Texts) => kind(status, 'caller', false, en, zh);
const operator = (en: Texts, zh: Texts) => kind(500, 'operator', false, en, zh);

/** What can go wrong between a caller and this server, and between the server and whoever sets it up. */
export const serverProblems = {
  // --- what is asked for
  asset_unknown: caller(
    404,
    ['There is no asset "{found}".', 'Upload it with POST /v1/assets; the answer names its hash.'],
    ['没有素材“{found}”。', '请先用 POST /v1/assets 上传；返回内容包含其哈希。'],
  ),
  film_unknown: caller(
    404,
    [
      'Generation "{id}" has no film {found}; it is {state}.',
      'It has {limit}. Look at its state, or name another film.',
    ],
    ['任务“{id}”没有第 {found} 部影片；当前状态为 {state}。', '现有 {limit} 部。请查询其状态，或指定其他影片。'],
  ),
  key_unknown: caller(
    404,
    ['There is no key "{found}".', '`refreel keys list` names those that there are.'],
    ['没有密钥“{found}”。', '`refreel keys list` 可列出已有密钥。'],
  ),
  workspace_unknown: caller(
    404,
    ['There is no workspace "{found}".', 'Give the id of one that exists, or a name to make a new one.'],
    ['没有工作区“{found}”。', '请填写已有工作区的 id，或填写名称以新建。'],
  ),
  admin_key_needed: caller(
    403,
    [
      'Only the administrator may do this.',
      'Send REFREEL_ADMIN_KEY as `Authorization: Bearer <key>`, or use `refreel keys`.',
    ],
    [
      '只有管理员可以执行此操作。',
      '请以 `Authorization: Bearer <密钥>` 发送 REFREEL_ADMIN_KEY，或使用 `refreel keys`。',
    ],
  ),
  method_unknown: caller(
    405,
    ['{path} does not take {found}.', 'It takes {limit}.'],
    ['{path} 不支持 {found}。', '支持：{limit}。'],
  ),
  range_unsatisfiable: caller(
    416,
    ['The range "{found}" lies outside of the {limit} bytes.', 'Ask for bytes between 0 and the last one.'],
    ['范围“{found}”超出 {limit} 字节。', '请请求有效范围内的字节。'],
  ),
  body_slow: kind(
    408,
    'caller',
    true,
    ['The body did not arrive within {limit} s.', 'Send it again over a faster line, or in a smaller form.'],
    ['请求体未在 {limit} 秒内到达。', '请在更快的网络下重新发送，或减小内容。'],
  ),

  // --- asked again
  repeat_differs: caller(
    409,
    ['The key "{found}" came before with another request.', 'Use a new Idempotency-Key for each different request.'],
    ['幂等键“{found}”已用于另一个请求。', '不同的请求请使用新的 Idempotency-Key。'],
  ),
  repeat_running: kind(
    409,
    'caller',
    true,
    ['The first request with the key "{found}" is still being answered.', 'Send it again in a few seconds.'],
    ['使用幂等键“{found}”的首个请求仍在处理。', '请几秒后重试。'],
  ),

  // --- the server itself
  server_fault: kind(
    500,
    'refreel',
    true,
    ['This is a fault of Refreel ({found}).', 'Try again; if it happens again, report it with this id.'],
    ['Refreel 出现内部错误（{found}）。', '请重试；如再次出现，请附上此编号反馈。'],
  ),
  store_unavailable: kind(
    503,
    'operator',
    true,
    ['The store does not answer.', 'Try again in a moment; its operator finds the reason in the log.'],
    ['存储暂时无响应。', '请稍后重试；管理员可在日志中查看原因。'],
  ),
  server_stopping: kind(
    503,
    'operator',
    true,
    ['The server is stopping.', 'Try again in a moment.'],
    ['服务器正在停止。', '请稍后重试。'],
  ),

  // --- setting it up
  variable_invalid: operator(
    ['{path} is "{found}"; it must be {limit}.', 'Set it to such a value, or unset it.'],
    ['{path} 为“{found}”，应为{limit}。', '请改为有效值，或取消设置。'],
  ),
  variable_unknown: operator(
    ['{path} is no setting of Refreel.', 'Did you mean {closest}? Correct or unset it. Settings: {limit}.'],
    ['Refreel 没有 {path} 这个设置。', '您是否想用 {closest}？请改正或取消设置。可用设置：{limit}。'],
  ),
  variable_early: operator(
    ['{path} is set, and this version does not read it yet.', 'Unset it.'],
    ['{path} 已设置，但此版本尚不支持。', '请取消设置。'],
  ),
  live_without_accounts: operator(
    [
      'REFREEL_MODE is live, and this version sends to no vendor yet.',
      'Leave it out: every model is drawn here, as a draft.',
    ],
    ['REFREEL_MODE 为 live，但此版本尚不能向服务商发送请求。', '请取消该设置：所有模型均在本地绘制草稿。'],
  ),
  port_in_use: operator(
    ['Port {found} is taken by another program.', 'Stop that program, or choose another port with REFREEL_PORT.'],
    ['端口 {found} 已被其他程序占用。', '请停止该程序，或用 REFREEL_PORT 选择其他端口。'],
  ),
  address_unusable: operator(
    ['The server cannot listen on {found} ({limit}).', 'Correct REFREEL_HOST and REFREEL_PORT.'],
    ['服务器无法监听 {found}（{limit}）。', '请检查 REFREEL_HOST 和 REFREEL_PORT。'],
  ),
} as const satisfies Record<string, ProblemKind>;
