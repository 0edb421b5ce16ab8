import { kind, type ProblemKind, type Texts } from './problem-kind.ts';

const caller = (en: Texts, zh: Texts) => kind(422, 'caller', false, en, zh);
/** The host of the medium may answer otherwise later. */
const host = (en: Texts, zh: Texts) => kind(422, 'caller', true, en, zh);

/** Why a medium that a request names could not be had: addresses, data URIs, and what is stored here. */
export const fetchProblems = {
  media_not_stored: caller(
    [
      '{path}: you have no stored file "{found}".',
      'Upload it first, or correct its hash; files of others are not seen.',
    ],
    ['{path}：您没有已存储的文件“{found}”。', '请先上传或改正哈希值；无法使用他人的文件。'],
  ),
  media_of_other_model: caller(
    [
      '{path}: this file was uploaded for the model "{found}", and the request is for "{model}".',
      'Upload it again for that model: such a file is good for the one that was named when leave was asked for.',
    ],
    [
      '{path}：该文件是为模型“{found}”上传的，而请求的模型为“{model}”。',
      '请为该模型重新上传；此类文件仅可用于申请上传凭证时指定的模型。',
    ],
  ),
  media_address_credentials: caller(
    ['{path}: the address holds a user name or a password.', 'Take them out, or upload the file itself.'],
    ['{path}：地址中包含用户名或密码。', '请将其去掉，或直接上传文件。'],
  ),
  media_address_port: caller(
    [
      '{path}: the address has port {found}; {limit} are fetched from.',
      'Serve it from such a port, or upload the file.',
    ],
    ['{path}：地址端口为 {found}；仅可使用 {limit}。', '请更换端口，或直接上传文件。'],
  ),
  media_address_forbidden: caller(
    [
      '{path}: "{found}" is not on the public internet.',
      'Upload the file instead; the operator can allow a host of their own network in REFREEL_ALLOW_PRIVATE.',
    ],
    ['{path}：“{found}”不在公网上。', '请直接上传文件；管理员可在 REFREEL_ALLOW_PRIVATE 中允许内网主机。'],
  ),
  media_host_unknown: host(
    ['{path}: the host of "{found}" is not known.', 'Correct the address.'],
    ['{path}：找不到“{found}”的主机。', '请检查地址。'],
  ),
  media_unreachable: host(
    ['{path}: "{found}" cannot be reached.', 'Open it in a browser; try again later, or upload the file.'],
    ['{path}：无法连接“{found}”。', '请在浏览器中确认；稍后重试，或直接上传文件。'],
  ),
  media_certificate: caller(
    ['{path}: "{found}" has no certificate that is trusted ({limit}).', 'Mend the certificate, or upload the file.'],
    ['{path}：“{found}”的证书不受信任（{limit}）。', '请修复证书，或直接上传文件。'],
  ),
  media_redirect: caller(
    ['{path}: "{found}" leads on to an address that is not followed ({limit}).', 'Give the address where it ends.'],
    ['{path}：“{found}”跳转到了不可访问的地址（{limit}）。', '请提供最终地址。'],
  ),
  media_status: host(
    ['{path}: "{found}" was answered with status {status}.', 'Give an address that anybody may download from.'],
    ['{path}：“{found}”返回状态 {status}。', '请提供无需登录即可下载的地址。'],
  ),
  media_download_timeout: host(
    ['{path}: "{found}" was not downloaded within {limit} s.', 'Try again, or upload the file.'],
    ['{path}：“{found}”未能在 {limit} 秒内下载完成。', '请重试，或直接上传文件。'],
  ),
  media_content_type: caller(
    ['{path} is sent as {found}; it must be {limit}.', 'Give the address of the file itself, not of a page around it.'],
    ['{path} 的类型为 {found}，应为{limit}。', '请提供文件本身的地址，而不是网页地址。'],
  ),
  media_answer: host(
    ['{path}: the answer of "{found}" cannot be read ({limit}).', 'Try again, or upload the file.'],
    ['{path}：无法读取“{found}”的响应（{limit}）。', '请重试，或直接上传文件。'],
  ),
  media_data_uri: caller(
    [
      '{path} is no data URI that can be read: {limit} was expected, found {found}.',
      'Encode it again, or upload the file.',
    ],
    ['{path} 的 data URI 无法解析：应为 {limit}，实为 {found}。', '请重新编码，或直接上传文件。'],
  ),
} as const satisfies Record<string, ProblemKind>;
