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
  generation_unfinished: caller(
    409,
    ['Generation "{found}" has not ended, so it cannot be deleted.', 'Cancel it first, or wait until it has ended.'],
    ['任务“{found}”尚未结束，无法删除。', '请先取消，或等待其结束。'],
  ),
  reference_unknown: caller(
    404,
    [
      '{path}: there is no saved reference "{found}".',
      'A server keeps them, each in its workspace: GET /v1/references lists them. Elsewhere name the media themselves.',
    ],
    [
      '{path}：没有已保存的参考“{found}”。',
      '已保存的参考由服务器按工作区保管：GET /v1/references 可列出。其他情况请直接填写素材。',
    ],
  ),
  reference_name_taken: caller(
    409,
    ['A saved reference is called "{found}" already.', 'Choose another name, or delete that one first.'],
    ['已有名为“{found}”的参考。', '请使用其他名称，或先删除原有参考。'],
  ),
  project_unknown: caller(
    404,
    ['There is no project "{found}", or it was deleted.', 'GET /v1/projects lists those that there are.'],
    ['没有项目“{found}”，或已被删除。', 'GET /v1/projects 可列出已有的项目。'],
  ),
  project_version_unknown: caller(
    404,
    ['The project has no version {found} any more.', 'GET /v1/projects/{project}/versions lists those that are kept.'],
    ['该项目已没有版本 {found}。', 'GET /v1/projects/{project}/versions 可列出保留的版本。'],
  ),
  project_changed: caller(
    409,
    [
      'Version {found} of the project was saved meanwhile ({when}, {by}); this comes from version {limit}.',
      'Read that version, then save on top of it, or save this as a project of its own.',
    ],
    [
      '项目的版本 {found} 已在此期间保存（{when}，{by}）；本次保存基于版本 {limit}。',
      '请先读取该版本，再在其基础上保存，或另存为新项目。',
    ],
  ),
  project_large: caller(
    413,
    ['The document has {found}; a project may have {limitBytes}.', 'Upload media as assets and name them by hash.'],
    ['文档大小为 {found}，项目上限为 {limitBytes}。', '请将素材上传，并以哈希引用。'],
  ),
  webhook_unknown: caller(
    404,
    ['There is no webhook "{found}".', 'GET /v1/webhooks lists those that there are.'],
    ['没有 webhook“{found}”。', 'GET /v1/webhooks 可列出已有的。'],
  ),
  webhook_status: caller(
    502,
    ['The receiver answered with status {found}.', 'It must take a message with a status of 2xx within {limit} s.'],
    ['接收方返回状态 {found}。', '接收方应在 {limit} 秒内以 2xx 状态接收消息。'],
  ),
  webhooks_many: caller(
    409,
    ['The workspace has {limit} webhooks, and may have no more.', 'Delete one that is not needed.'],
    ['该工作区已有 {limit} 个 webhook，不能再增加。', '请删除不需要的。'],
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
  workspace_name_taken: caller(
    409,
    ['A workspace is called "{found}" already.', 'Choose another name; GET /v1/workspaces lists them.'],
    ['已有名为“{found}”的工作区。', '请使用其他名称；GET /v1/workspaces 可列出。'],
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
  session_elsewhere: caller(
    403,
    [
      'A browser\'s session changes things from this server\'s own pages only; this came from "{found}".',
      'Send the key itself: `Authorization: Bearer <key>`.',
    ],
    [
      '浏览器会话只能从本服务器自己的页面进行更改；此请求来自“{found}”。',
      '请直接发送密钥：`Authorization: Bearer <密钥>`。',
    ],
  ),
  method_unknown: caller(
    405,
    ['{path} does not take {found}.', 'It takes {limit}.'],
    ['{path} 不支持 {found}。', '支持：{limit}。'],
  ),
  public_url_needed: caller(
    421,
    [
      'Addresses of films begin with the address of this server, which it does not know: "{found}" may be anybody\'s.',
      'Its operator sets REFREEL_PUBLIC_URL.',
    ],
    [
      '影片地址以本服务器的地址开头，但服务器不知道自己的地址：“{found}”未必属于它。',
      '请管理员设置 REFREEL_PUBLIC_URL。',
    ],
  ),
  clock_back: caller(
    422,
    ['The clock shows {limit} already; it only goes forward.', 'Give a later time, or seconds to advance by.'],
    ['时钟已到 {limit}，只能向前拨。', '请填写更晚的时间，或要前进的秒数。'],
  ),
  fault_unknown: caller(
    400,
    ['{path}: there is no fault "{found}".', 'There are: {limit}.'],
    ['{path}：没有名为“{found}”的故障。', '可用的故障：{limit}。'],
  ),
  faults_not_obeyed: caller(
    409,
    ['This server shows no faults.', 'Start it with --sandbox-faults.'],
    ['此服务器不模拟故障。', '请以 --sandbox-faults 启动。'],
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
  store_damaged: kind(
    500,
    'operator',
    false,
    [
      'What this server has stored is damaged ({found}).',
      'Its operator keeps a copy of the data folder, then restores the last backup into a new one.',
    ],
    ['服务器存储的数据已损坏（{found}）。', '请运维人员保留数据目录副本，再将最近的备份恢复到新目录。'],
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
      'REFREEL_MODE is live, and there is no account to send to.',
      'Name a file of accounts in REFREEL_ACCOUNTS, or set one of {limit}; or leave live out: every model is drawn here then.',
    ],
    [
      'REFREEL_MODE 为 live，但没有可用的账户。',
      '请在 REFREEL_ACCOUNTS 中指定账户文件，或设置 {limit} 之一；或取消 live，所有模型将在本地绘制。',
    ],
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
