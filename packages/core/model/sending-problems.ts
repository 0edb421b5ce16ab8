import { kind, type ProblemKind, type Texts } from './problem-kind.ts';

const caller = (status: number, en: Texts, zh: Texts) => kind(status, 'caller', false, en, zh);
const operator = (status: number, retryable: boolean, en: Texts, zh: Texts) =>
  kind(status, 'operator', retryable, en, zh);
const vendor = (retryable: boolean, en: Texts, zh: Texts) => kind(502, 'vendor', retryable, en, zh);

/** What can go wrong where a generation is sent to an account and paid there. */
export const sendingProblems = {
  // --- before anything is paid
  accounts_invalid: operator(
    500,
    false,
    ['{path}: {found}.', 'It must be {limit}. Correct the file of accounts; docs/accounts.md shows one.'],
    ['{path}：{found}。', '应为{limit}。请修改账户文件；示例见 docs/accounts.md。'],
  ),
  account_invalid: caller(
    422,
    ['{path}: {found}.', 'It must be {limit}. docs/accounts.md shows an account.'],
    ['{path}：{found}。', '应为{limit}。示例见 docs/accounts.md。'],
  ),
  account_taken: caller(
    409,
    ['There is an account "{found}" already.', 'Give it another id, or take the other one away first.'],
    ['账户“{found}”已存在。', '请使用其他 id，或先移除原账户。'],
  ),
  account_unknown: caller(
    404,
    ['There is no account "{found}".', '`refreel accounts` and GET /v1/accounts list them.'],
    ['没有账户“{found}”。', '可用 `refreel accounts` 或 GET /v1/accounts 查看。'],
  ),
  account_fixed: caller(
    409,
    [
      'The account "{found}" stands in the file of REFREEL_ACCOUNTS or in a variable of the environment.',
      'Take it away there, and start the server again.',
    ],
    ['账户“{found}”由 REFREEL_ACCOUNTS 文件或环境变量定义。', '请在该处移除并重新启动服务器。'],
  ),
  account_busy: caller(
    409,
    [
      'The account "{found}" still has {limit} attempts that are not over: without it nobody looks after them.',
      'Wait for them, or cancel them, then take it away.',
    ],
    ['账户“{found}”仍有 {limit} 个未结束的尝试，移除后将无人跟进。', '请等待其结束或取消后再移除。'],
  ),
  account_asleep: caller(
    409,
    ['This server is a sandbox: it sends nothing to the account "{found}".', 'Start it with --live to check the key.'],
    ['此服务器为沙箱，不会向账户“{found}”发送任何请求。', '请以 --live 启动后再检查密钥。'],
  ),
  account_sealed: operator(
    500,
    false,
    [
      'The key of the account "{found}" was sealed with another REFREEL_SECRET, or was changed: it cannot be opened, and nothing is sent to it.',
      'Start with the secret of before; or take the account away (DELETE /v1/accounts/{found}) and add it again.',
    ],
    [
      '账户“{found}”的密钥由另一个 REFREEL_SECRET 加密，或已被改动：无法解密，不会使用该账户。',
      '请使用原来的 REFREEL_SECRET 启动；或移除该账户（DELETE /v1/accounts/{found}）后重新添加。',
    ],
  ),
  account_aside: operator(
    503,
    true,
    [
      'The account "{found}" is set aside since {at}: its vendor does not take its key.',
      'Its operator mends the key, then takes it back: `refreel accounts check {found}` or POST /v1/accounts/{found}/check. Until then it waits.',
    ],
    [
      '账户“{found}”自 {at} 起停用：供应商不接受其密钥。',
      '请管理员更正密钥后恢复：`refreel accounts check {found}` 或 POST /v1/accounts/{found}/check。此前将一直等待。',
    ],
  ),
  account_missing: caller(
    422,
    [
      'No account here can make {model}{where}.',
      'Its operator adds one to the file of REFREEL_ACCOUNTS, or sets {limit}; `animatic` needs none.',
    ],
    [
      '没有可生成 {model}{where}的账户。',
      '请管理员在 REFREEL_ACCOUNTS 文件中添加账户，或设置 {limit}；`animatic` 无需账户。',
    ],
  ),
  live_before: operator(
    500,
    false,
    [
      'This folder was live before: its generations were paid for, and a sandbox would answer in their place.',
      'Start it with --live, or name another folder; `serve --sandbox-anyway` starts it as a sandbox all the same.',
    ],
    [
      '此数据目录曾以 live 模式运行：其中的任务已付费，沙箱会代替它们应答。',
      '请用 --live 启动或指定其他目录；`serve --sandbox-anyway` 可强制以沙箱模式启动。',
    ],
  ),
  media_out_of_reach: caller(
    422,
    [
      '{path}: the vendor fetches media by address, and this server has none that it can reach.',
      "Set REFREEL_PUBLIC_URL to this server's public address, or give the medium as a presigned address of your own object store (S3) that the vendor can read.",
    ],
    [
      '{path}：供应商按地址获取素材，而本服务器没有其可访问的地址。',
      '请将 REFREEL_PUBLIC_URL 设为本服务器的公网地址，或改用供应商可读取的对象存储（S3）预签名地址。',
    ],
  ),
  media_upload_refused: vendor(
    true,
    ['The vendor did not take the upload: {found}.', 'Nothing was made or paid. Try again.'],
    ['供应商未接受上传：{found}。', '未生成也未计费，请重试。'],
  ),
  account_gone: operator(
    500,
    false,
    [
      'The account "{found}" that this was sent to is not among the accounts any more.',
      'Put it back into the file of accounts, and start the server again.',
    ],
    ['此任务所用的账户“{found}”已不在账户列表中。', '请将其放回账户文件并重新启动服务器。'],
  ),
  account_key_refused: operator(
    502,
    false,
    [
      'The vendor does not take the key of the account "{found}".',
      'Its operator checks the key and its region, then takes it back: `refreel accounts check {found}`.',
    ],
    ['供应商不接受账户“{found}”的密钥。', '请管理员检查密钥及其地域，再用 `refreel accounts check {found}` 恢复。'],
  ),

  // --- when it was sent
  submit_unconfirmed: vendor(
    false,
    [
      'Whether the account "{account}" has this, and charges for it, is not known: {found}. It was sent at {at}.',
      "Look for it in the vendor's console, then settle it: `refreel generations resolve`, or POST /v1/generations/{id}/resolve. It is never sent again by itself.",
    ],
    [
      '无法确定账户“{account}”是否已接收并计费：{found}。发送时间：{at}。',
      '请在供应商控制台查找，再用 `refreel generations resolve` 或 POST /v1/generations/{id}/resolve 处理。系统不会自动重发。',
    ],
  ),
  restored_unsent: vendor(
    false,
    [
      'It waited to be sent to "{account}" when the backup was made that this was restored from, at {at}: it may have been sent and charged since.',
      "Look for it in the vendor's console. One that is unconfirmed is settled by `refreel generations resolve`; any other is asked for anew.",
    ],
    [
      '本数据恢复自 {at} 的备份，当时该任务正等待发送至“{account}”：此后可能已发送并计费。',
      '请在供应商控制台查找。状态为 unconfirmed 的用 `refreel generations resolve` 处理；其他情况请重新提交。',
    ],
  ),
  attempt_settled: caller(
    409,
    ['Attempt {found} of this generation is {state}.', 'Only one that is unconfirmed can be resolved.'],
    ['该任务的第 {found} 次尝试当前为 {state}。', '只有 unconfirmed 状态才可处理。'],
  ),
  vendor_id_unknown: caller(
    422,
    [
      'The account "{account}" has nothing by the id "{found}".',
      "Copy the id from the vendor's console. If the vendor does not have it, settle it as not-created.",
    ],
    [
      '账户“{account}”下没有 id 为“{found}”的任务。',
      '请从供应商控制台复制 id；若供应商没有该任务，请按 not-created 处理。',
    ],
  ),
  resolved_as_failed: vendor(
    false,
    ['A person settled it: the vendor did not make it.', 'Send it again if the film is still wanted.'],
    ['已由人工确认：供应商未生成。', '如仍需要，请重新提交。'],
  ),
  vendor_lost_it: vendor(
    false,
    [
      'The vendor says again and again that it does not know "{found}".',
      'Look at its console: what was made may have been charged. Nothing is sent again by itself.',
    ],
    ['供应商多次表示没有任务“{found}”。', '请查看其控制台：可能已计费。系统不会自动重发。'],
  ),
  vendor_silent: vendor(
    false,
    [
      'After {limit} hours the vendor had not finished "{found}".',
      'Look at its console: it may have been charged. Nothing is sent again by itself.',
    ],
    ['{limit} 小时后供应商仍未完成“{found}”。', '请查看其控制台：可能已计费。系统不会自动重发。'],
  ),
  film_unfetched: vendor(
    false,
    [
      'Film {index} was made, and could not be brought here before its address died: {found}.',
      "Look for it in the vendor's console.",
    ],
    ['第 {index} 部影片已生成，但在其地址失效前未能取回：{found}。', '请在供应商控制台查找。'],
  ),
  film_missing: vendor(
    false,
    ['Of {limit} films the vendor made {found}.', 'Look at what was charged, in its console.'],
    ['应有 {limit} 部影片，供应商只生成了 {found} 部。', '请在其控制台查看计费。'],
  ),
  film_differs: vendor(
    false,
    ['Film {index} is {found}; {limit} was asked for.', 'It is kept as it came.'],
    ['第 {index} 部影片为 {found}，要求为 {limit}。', '已按原样保存。'],
  ),
  cancel_may_cost: vendor(
    false,
    ['It was cancelled here; the vendor may still make it and charge for it: {found}.', 'Look at its console.'],
    ['已在本地取消；供应商仍可能生成并计费：{found}。', '请查看其控制台。'],
  ),
} as const satisfies Record<string, ProblemKind>;
