import { exchangeProblems } from './exchange-problems.ts';
import { fetchProblems } from './fetch-problems.ts';
import { moneyProblems } from './money-problems.ts';
import { kind, type ProblemKind, type Texts } from './problem-kind.ts';
import { remoteProblems } from './remote-problems.ts';
import { sendingProblems } from './sending-problems.ts';
import { serverProblems } from './server-problems.ts';

const caller = (en: Texts, zh: Texts) => kind(422, 'caller', false, en, zh);
const medium = (en: Texts, zh: Texts) => kind(422, 'caller', false, en, zh);
/** A medium that breaks a limit and can be made to keep it. */
const fittable = ([en, doThis]: Texts, [zh, zhDoThis]: Texts) =>
  medium([en, doThis, 'Or set fitMedia: true to have it done.'], [zh, zhDoThis, '也可设置 fitMedia: true 自动处理。']);

/** One row a kind of problem. `{places}` are filled from the problem's values. */
export const problemTable = {
  // --- the request itself
  invalid_request: kind(
    400,
    'caller',
    false,
    ['{path} is not valid: {found}.', 'Correct this field; docs/request.md has all names and shapes.'],
    ['{path} 无效：{found}。', '请修改该字段；字段名和格式见 docs/request.md。'],
  ),
  request_unreadable: kind(
    400,
    'caller',
    false,
    [
      '"{found}" cannot be read as a request: {limit}.',
      'Name a request in YAML or JSON, a text file with a prompt, or "-" for standard input.',
    ],
    ['无法将“{found}”读作请求：{limit}。', '请指定 YAML 或 JSON 请求文件、只含提示词的文本文件，或用“-”读取标准输入。'],
  ),
  unknown_field: kind(
    400,
    'caller',
    false,
    ['{path} is not a field of a request.', '{hint}'],
    ['请求中没有 {path} 这个字段。', '{hint}'],
  ),
  unknown_model: kind(
    404,
    'caller',
    false,
    ['There is no model "{found}".', '{hint}`refreel models` lists all of them.'],
    ['没有名为“{found}”的模型。', '{hint}`refreel models` 可列出全部模型。'],
  ),
  prompt_empty: caller(
    ['{path} is empty.', 'Describe what happens: subject, action, place, camera, light.'],
    ['{path} 为空。', '请描述画面：主体、动作、环境、镜头、光线。'],
  ),
  prompt_too_long: caller(
    ['{path}: the prompt has {found} characters; {model} reads at most {limit}.', 'Take out {over} or more.'],
    ['{path}：提示词有 {found} 个字符；{model} 最多 {limit} 个。', '请至少删减 {over} 个字符。'],
  ),
  negative_prompt_too_long: caller(
    ['negativePrompt has {found} characters; {model} reads at most {limit}.', 'Take out {over} or more.'],
    ['negativePrompt 有 {found} 个字符；{model} 最多 {limit} 个。', '请至少删减 {over} 个字符。'],
  ),

  // --- references and mentions
  unknown_mention: caller(
    ['{path} speaks of "{found}", and no reference has that name.', '{hint}'],
    ['{path} 中提到“{found}”，但没有同名参考。', '{hint}'],
  ),
  tag_out_of_range: caller(
    ['{path} speaks of "{found}", but {there}.', '{hint}'],
    ['{path} 中提到“{found}”，但{there}。', '{hint}'],
  ),
  mention_without_media: caller(
    [
      '{path} speaks of "{found}", but that reference has no such medium.',
      'Add it to the reference, or mention the reference as a whole.',
    ],
    ['{path} 中提到“{found}”，但该参考没有对应素材。', '请为该参考添加素材，或直接引用整个参考。'],
  ),
  duplicate_name: caller(
    ['{path} is called "{found}", and so is another reference.', 'Give each reference a name of its own.'],
    ['{path} 的名称“{found}”与另一参考重复。', '请为每个参考取不同的名称。'],
  ),
  duplicate_id: caller(
    [
      '{path} has the id "{found}", and so has another reference.',
      'Give each reference an id of its own, or leave ids out.',
    ],
    ['{path} 的 id“{found}”与另一参考重复。', '请为每个参考使用不同的 id，或不填写。'],
  ),
  subject_without_image: caller(
    ['{path} has neither an image nor a clip.', 'Give the subject a frontal image.'],
    ['{path} 既没有图像也没有视频。', '请为主体提供一张正面图像。'],
  ),
  image_required: caller(
    ['{path} has no image; {model} needs a frontal image of each subject.', 'Add a clear, frontal picture.'],
    ['{path} 没有图像；{model} 要求每个主体都有正面图像。', '请添加一张清晰的正面照片。'],
  ),
  input_unsupported: caller(
    ['{model} takes no {what} ({path}).', '{hint}'],
    ['{model} 不支持{what}（{path}）。', '{hint}'],
  ),
  too_many: caller(
    ['{model} takes at most {limit} {what}{condition}; found {found}.', 'Remove {over}.'],
    ['{model} 最多 {limit} 个{what}{condition}；现有 {found} 个。', '请移除 {over} 个。'],
  ),
  too_few: caller(
    ['{model} needs at least {limit} of these{condition}: {what}. Found: {found}.', 'Add what is missing.'],
    ['{model} 至少需要 {limit} 个{what}{condition}；现有 {found} 个。', '请补充。'],
  ),
  inputs_exclude: caller(
    ['{model} does not take {what} and {other} together.', 'Remove one of the two.'],
    ['{model} 不能同时使用{what}和{other}。', '请移除其中之一。'],
  ),
  from_unsupported: caller(
    ['{model} cannot remix.', 'Leave `from` out, or choose a model that can: {limit}.'],
    ['{model} 不支持 Remix。', '请去掉 `from`，或选择支持的模型：{limit}。'],
  ),

  // --- media
  media_kind: medium(
    ['{path} is {found}; it must be {limit}.', 'Give a file of the right kind.'],
    ['{path} 是{found}，应为{limit}。', '请提供正确类型的文件。'],
  ),
  media_type: fittable(
    ['{path} is {found}; {model} takes {limit}.', 'Save it as one of these types.'],
    ['{path} 的类型是 {found}；{model} 支持 {limit}。', '请另存为以上类型之一。'],
  ),
  media_bytes: fittable(
    ['{path} has {foundBytes}; {model} takes at most {limitBytes}.', 'Compress it or make it smaller.'],
    ['{path} 为 {foundBytes}；{model} 最多 {limitBytes}。', '请压缩或缩小。'],
  ),
  media_too_small: medium(
    [
      '{path} is {found} pixels; {model} needs at least {limit} on each side.',
      'Use a larger original; enlarging this one does not bring back detail.',
    ],
    ['{path} 为 {found} 像素；{model} 要求每边至少 {limit}。', '请使用更大的原素材；放大不会增加细节。'],
  ),
  media_too_wide: fittable(
    ['{path} is {found} pixels; {model} takes at most {limit} on each side.', 'Scale it down.'],
    ['{path} 为 {found} 像素；{model} 每边最多 {limit}。', '请缩小尺寸。'],
  ),
  media_ratio: fittable(
    ['{path} is {found} pixels; its sides may differ at most {limit} to 1.', 'Crop it.'],
    ['{path} 为 {found} 像素；长短边之比不得超过 {limit}:1。', '请裁剪。'],
  ),
  media_too_short: medium(
    ['{path} lasts {found} s; {model} needs at least {limit} s.', 'Use a longer one.'],
    ['{path} 时长 {found} 秒；{model} 至少需要 {limit} 秒。', '请使用更长的素材。'],
  ),
  media_too_long: fittable(
    ['{path} lasts {found} s; at most {limit} s are taken.', 'Trim it.'],
    ['{path} 时长 {found} 秒；最多 {limit} 秒。', '请剪短。'],
  ),
  media_fps: fittable(
    ['{path} has {found} frames a second; {model} takes {limit}.', 'Convert it to such a rate.'],
    ['{path} 为每秒 {found} 帧；{model} 支持 {limit}。', '请转换帧率。'],
  ),
  media_alpha: fittable(
    ['{path} has transparency; {model} takes opaque pictures only.', 'Give it a background.'],
    ['{path} 含透明通道；{model} 只接受不透明图像。', '请添加背景。'],
  ),
  frame_size: fittable(
    ["{path} is {found} pixels; it must have the film's size: {limit}.", 'Crop or scale it to exactly these pixels.'],
    ['{path} 为 {found} 像素；必须与影片尺寸一致：{limit}。', '请裁剪或缩放到该尺寸。'],
  ),
  media_missing: medium(
    ['{path}: there is no file "{found}".', "Check the path; relative paths start at the request's folder."],
    ['{path}：文件“{found}”不存在。', '请检查路径；相对路径以请求文件所在目录为准。'],
  ),
  media_unreadable: medium(
    ['{path}: "{found}" cannot be read.', 'Give read permission, or name a file rather than a folder.'],
    ['{path}：无法读取“{found}”。', '请授予读取权限，并确认是文件而非目录。'],
  ),
  media_remote: medium(
    ['{path} is the address "{found}"; this command reads local files.', 'Download it first and name the file.'],
    ['{path} 是网址“{found}”；此命令只读取本地文件。', '请先下载，再填写文件路径。'],
  ),
  media_empty: medium(
    ['{path} has no bytes.', 'Save or upload it again.'],
    ['{path} 是空文件。', '请重新保存或上传。'],
  ),
  media_type_unsupported: medium(
    [
      '{path} is {found}; pictures (PNG, JPEG, WebP, GIF, BMP), films (MP4, MOV, WebM, MKV) and sounds (WAV, MP3) are read.',
      'Convert it to one of these. What counts is the content, not the name.',
    ],
    [
      '{path} 是{found}；支持图像（PNG、JPEG、WebP、GIF、BMP）、视频（MP4、MOV、WebM、MKV）和音频（WAV、MP3）。',
      '请转换为以上格式；判断依据是内容而不是文件名。',
    ],
  ),
  media_truncated: medium(
    ['{path} ends too early: a part of the file is missing.', 'Save, download or upload it again.'],
    ['{path} 不完整：文件缺少后半部分。', '请重新保存、下载或上传。'],
  ),
  media_corrupt: medium(
    ['{path} cannot be decoded.', 'Open it in an editor and save it again.'],
    ['{path} 无法解码。', '请用编辑软件打开并重新保存。'],
  ),
  media_too_large: medium(
    ['{path} has {foundBytes}; at most {limitBytes} are read.', 'Compress it or make it smaller.'],
    ['{path} 为 {foundBytes}；最多读取 {limitBytes}。', '请压缩或缩小。'],
  ),
  media_too_many_pixels: medium(
    ['{path} says that it has {foundPixels}; at most {limitPixels} are decoded.', 'Scale it down.'],
    ['{path} 声明有 {foundPixels}；最多解码 {limitPixels}。', '请缩小尺寸。'],
  ),
  media_too_many_frames: medium(
    ['{path} has {found} frames; at most {limit} are decoded.', 'Trim it, or lower its frame rate.'],
    ['{path} 有 {found} 帧；最多解码 {limit} 帧。', '请剪短或降低帧率。'],
  ),
  media_timeout: medium(
    ['{path} took longer than {limit} s to decode.', 'Save it again in a plain format, smaller.'],
    ['{path} 解码超过 {limit} 秒。', '请以普通格式重新保存并缩小。'],
  ),
  media_crashed: medium(
    ['{path} made the decoder stop.', 'Save it again in a plain format; nothing else was touched.'],
    ['{path} 导致解码进程终止。', '请以普通格式重新保存；其他内容未受影响。'],
  ),

  // --- settings
  setting_not_offered: caller(
    ['{path} is {found}; {model} offers {limit}{condition}.', 'Choose what it offers, or another model.'],
    ['{path} 为 {found}；{model} 可选 {limit}{condition}。', '请从中选择，或更换模型。'],
  ),
  setting_required: caller(
    ['{model} needs {path}.', 'It offers {limit}.'],
    ['{model} 需要填写 {path}。', '可选：{limit}。'],
  ),
  format_not_offered: caller(
    ['{model} makes no film of {path} {found}{condition}.', 'It offers {limit}.'],
    ['{model} 不能生成 {path} 为 {found} 的影片{condition}。', '可选：{limit}。'],
  ),
  size_odd: caller(
    ['size is {found}; both sides must be even numbers.', 'Use {limit}.'],
    ['size 为 {found}；宽高必须是偶数。', '请使用 {limit}。'],
  ),
  shots_seconds: caller(
    [
      'The shots last {found} s together; the seconds of a film that {model} offers are {limit}{condition}.',
      'Change the seconds of some shots.',
    ],
    ['各镜头共 {found} 秒；{model} 影片可选的秒数为 {limit}{condition}。', '请调整部分镜头的时长。'],
  ),
  shot_seconds: caller(
    ['{path} is {found} s; {model} takes shots of {limit} s.', 'Change the shot, or join it with its neighbour.'],
    ['{path} 为 {found} 秒；{model} 每个镜头为 {limit} 秒。', '请调整时长，或与相邻镜头合并。'],
  ),
  listed_shot_seconds: caller(
    [
      '{path}: shot {number} of its list is {found} s; {model} takes shots of {limit} s.',
      'Change the time in the prompt, or join the shot with its neighbour.',
    ],
    [
      '{path}：所列第 {number} 个镜头为 {found} 秒；{model} 每个镜头为 {limit} 秒。',
      '请修改提示词中的时长，或与相邻镜头合并。',
    ],
  ),
  listed_seconds_differ: caller(
    [
      '{path} is {found}, but the shots that the prompt lists last {limit} s together.',
      'Leave the seconds out, or make the two equal.',
    ],
    ['{path} 为 {found}，但提示词所列镜头共 {limit} 秒。', '请去掉秒数，或使两者一致。'],
  ),
  too_many_shots: caller(
    ['{found} shots; {model} takes at most {limit}.', 'Join some, or make several films.'],
    ['共 {found} 个镜头；{model} 最多 {limit} 个。', '请合并镜头，或分成多部影片。'],
  ),
  count_needs_split: caller(
    [
      'count is {found}; {model} makes at most {limit} at a time.',
      'Set allowSplit: true to send {found} requests, each quoted and paid.',
    ],
    [
      'count 为 {found}；{model} 每次最多 {limit} 部。',
      '设置 allowSplit: true 可拆成 {found} 个请求，分别报价和付费。',
    ],
  ),
  region_not_offered: caller(
    ['{model} is not offered in {found}.', 'It is offered in: {limit}.'],
    ['{model} 在 {found} 不可用。', '可用地域：{limit}。'],
  ),
  strict_refuses: caller(
    ['strict: {found}', 'Change the request, choose another model, or leave `strict` out.'],
    ['strict：{found}', '请修改请求、更换模型，或去掉 `strict`。'],
  ),

  // --- making the film
  output_unwritable: kind(
    500,
    'operator',
    false,
    [
      '"{found}" cannot be written: {limit}.',
      'Choose another name for the film, in a folder that exists and may be written.',
    ],
    ['无法写入“{found}”：{limit}。', '请为影片另选文件名，并放在已存在且可写的目录中。'],
  ),
  disk_full: kind(
    507,
    'operator',
    true,
    ['The disk is full: "{found}" was not written.', 'Free some space and try again; nothing was left behind.'],
    ['磁盘已满：未写入“{found}”。', '请清理空间后重试；没有留下残缺文件。'],
  ),
  encoder_missing: kind(
    500,
    'operator',
    false,
    [
      'The encoder "{found}" was not found.',
      'Install ffmpeg or name it in REFREEL_FFMPEG, or leave the encoder out to use the built-in one.',
    ],
    ['找不到编码器“{found}”。', '请安装 ffmpeg 或用 REFREEL_FFMPEG 指定，或不指定以使用内置编码器。'],
  ),
  render_failed: kind(
    500,
    'refreel',
    true,
    ['The film could not be made: {found}.', 'Try again; if it happens again, report it with the request.'],
    ['影片生成失败：{found}。', '请重试；如再次出现，请附上请求反馈。'],
  ),
  render_timeout: kind(
    504,
    'operator',
    true,
    [
      'The film was not finished within {limit} s.',
      'Try again when the machine is less busy, or ask for a smaller or shorter film.',
    ],
    ['影片未能在 {limit} 秒内完成。', '请在机器空闲时重试，或降低尺寸、缩短时长。'],
  ),
  render_memory: kind(
    500,
    'operator',
    true,
    [
      'Making the film needed more than {limit} MB of memory.',
      'Use smaller pictures or a smaller film, or raise REFREEL_RENDER_MEMORY_MB.',
    ],
    ['生成影片所需内存超过 {limit} MB。', '请使用更小的图像或影片尺寸，或提高 REFREEL_RENDER_MEMORY_MB。'],
  ),
  render_cancelled: kind(
    499,
    'caller',
    false,
    ['The film was cancelled.', 'Nothing was left behind; ask again when you want it.'],
    ['影片已取消。', '没有留下文件；需要时可重新生成。'],
  ),

  // --- the front door
  foreign_origin: kind(
    403,
    'caller',
    false,
    ['A page of another site ({found}) may not call this server.', 'Name its origin in REFREEL_CORS if it may.'],
    ['其他网站的页面（{found}）不能调用本服务器。', '如需允许，请在 REFREEL_CORS 中填写其来源。'],
  ),
  foreign_host: kind(
    403,
    'caller',
    false,
    [
      'Without a key this server answers to names of this machine only, not to "{found}".',
      'Use {limit}, or make a key with `refreel keys create`.',
    ],
    ['没有密钥时，本服务器只响应本机名称，不响应“{found}”。', '请使用 {limit}，或用 `refreel keys create` 创建密钥。'],
  ),
  proxy_needs_key: kind(
    403,
    'operator',
    false,
    ['This request came through a proxy ({found}); that needs a key.', 'Make one with `refreel keys create`.'],
    ['该请求经过代理（{found}），需要密钥。', '请用 `refreel keys create` 创建密钥。'],
  ),
  key_needed: kind(
    401,
    'caller',
    false,
    [
      'This server needs a key.',
      'Send it as `Authorization: Bearer <key>`; its operator makes one with `refreel keys create`.',
    ],
    ['本服务器需要密钥。', '请以 `Authorization: Bearer <密钥>` 发送；由管理员用 `refreel keys create` 创建。'],
  ),
  open_without_key: kind(
    500,
    'operator',
    false,
    [
      'Others can reach {found}, and no key is set: the server does not start.',
      'Make a key with `refreel keys create` or set REFREEL_ADMIN_KEY, or bind it to 127.0.0.1.',
    ],
    [
      '{found} 可被他人访问，但没有密钥：服务器不会启动。',
      '请用 `refreel keys create` 创建密钥、设置 REFREEL_ADMIN_KEY，或绑定到 127.0.0.1。',
    ],
  ),

  // --- vendors' refusals, with the remedies of their own pages
  moderation_blocked: kind(
    422,
    'caller',
    false,
    [
      'The request was blocked by moderation.',
      'Take out what may offend from the prompt, check the reference pictures, and describe neutrally: no violence, hate or adult themes.',
    ],
    ['请求被内容审核拦截。', '请检查并修改提示词，确保参考图片合规，使用中性、正面的描述，避免暴力、仇恨、成人内容。'],
  ),
  remix_source_missing: kind(
    404,
    'caller',
    false,
    ['There is no generation "{found}" to remix.', 'Check the id; only your own generations can be remixed.'],
    ['没有可供 Remix 的任务“{found}”。', '请检查 id；只能 Remix 自己的任务。'],
  ),
  remix_source_unfinished: kind(
    409,
    'caller',
    true,
    [
      'Generation "{found}" is not finished, so it cannot be remixed yet.',
      'Wait until it is done; one that failed or was cancelled cannot be.',
    ],
    ['任务“{found}”尚未完成，不能 Remix。', '请等待其完成；失败或已取消的任务不能 Remix。'],
  ),

  // --- media by address, as data, and by hash
  ...fetchProblems,

  // --- asking over a wire, as a server and as a client
  ...exchangeProblems,

  // --- sending to an account that is paid
  ...sendingProblems,
  ...moneyProblems,

  // --- this server: what is asked of it, and how it is set up
  ...remoteProblems,
  ...serverProblems,
} as const satisfies Record<string, ProblemKind>;
