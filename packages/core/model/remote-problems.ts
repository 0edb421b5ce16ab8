import { kind, type ProblemKind, type Texts } from './problem-kind.ts';

const caller = (status: number, en: Texts, zh: Texts) => kind(status, 'caller', false, en, zh);
const operator = (status: number, retryable: boolean, en: Texts, zh: Texts) =>
  kind(status, 'operator', retryable, en, zh);

/** What can go wrong between a command on this machine and the server that it asks. */
export const remoteProblems = {
  server_unreachable: operator(
    503,
    true,
    [
      'No server answers at {found} ({limit}).',
      'Start one with `refreel serve`, or name another with --server or REFREEL_SERVER.',
    ],
    [
      '{found} 没有服务器响应（{limit}）。',
      '请用 `refreel serve` 启动，或用 --server 或 REFREEL_SERVER 指定其他服务器。',
    ],
  ),
  server_foreign: operator(
    502,
    false,
    [
      'What answers at {found} is not Refreel ({limit}).',
      'Check the address that --server or REFREEL_SERVER names, and what stands between.',
    ],
    ['{found} 的响应不是来自 Refreel（{limit}）。', '请检查 --server 或 REFREEL_SERVER 的地址，以及中间的代理。'],
  ),
  server_address: caller(
    400,
    ['"{found}" is no address of a server.', 'Name one such as http://127.0.0.1:8787 with --server or REFREEL_SERVER.'],
    ['“{found}”不是服务器地址。', '请用 --server 或 REFREEL_SERVER 指定，例如 http://127.0.0.1:8787。'],
  ),
  /** A code that only a newer server knows; its own words are shown. */
  server_says: caller(422, ['{found}', '{limit}'], ['{found}', '{limit}']),
  download_damaged: operator(
    502,
    true,
    [
      'What came of {found} is not what the server has stored.',
      'Download it again; if it fails again, look at what stands between.',
    ],
    ['{found} 收到的内容与服务器上的不一致。', '请重新下载；如再次失败，请检查中间的代理。'],
  ),
  key_unreadable: caller(
    400,
    ['{path}: there is no key in "{found}": {limit}.', 'Name a file that holds the key and nothing else.'],
    ['{path}：无法从“{found}”读取密钥：{limit}。', '请指定只含密钥的文件。'],
  ),
} as const satisfies Record<string, ProblemKind>;
