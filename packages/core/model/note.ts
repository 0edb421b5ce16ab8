import { fill, type Language, type Localized } from './language.ts';
import type { ProblemValues } from './problem.ts';

/** How far what is done is from what was asked. `strict` refuses `degraded`. */
export type NoteEffect = 'converted' | 'degraded' | 'accepted';

interface NoteKind {
  readonly effect: NoteEffect;
  readonly message: Localized;
}

const note = (effect: NoteEffect, en: string, zh: string): NoteKind => ({ effect, message: { en, zh } });

/** One row a kind of note. */
export const noteTable = {
  newer_edition: note(
    'accepted',
    "{path}: only a newer edition of {model}'s page offers {found}.",
    '{path}：{model} 仅在较新版文档中支持{found}。',
  ),
  kind_converted: note(
    'converted',
    '{path}: {model} takes {found} as {limit}.',
    '{path}：{model} 将{found}作为{limit}。',
  ),
  angles_dropped: note(
    'degraded',
    '{path}: {model} takes at most {limit} more views of a reference; {found} given, {over} left out.',
    '{path}：{model} 每个参考最多再取 {limit} 个角度；给出 {found} 个，舍去 {over} 个。',
  ),
  angles_not_taken: note(
    'degraded',
    '{path}: {model} takes one picture of a reference; of its other views, {over} left out.',
    '{path}：{model} 每个参考只取一张图像；舍去其他角度 {over} 个。',
  ),
  voice_dropped: note(
    'degraded',
    '{path}: {model} takes no voice; the subject will not sound like it.',
    '{path}：{model} 不支持音色；主体不会使用该声音。',
  ),
  clip_dropped: note(
    'degraded',
    '{path}: {model} takes no clip of a subject; only its picture is used.',
    '{path}：{model} 不支持主体视频；仅使用图像。',
  ),
  image_dropped: note(
    'degraded',
    '{path}: {model} takes one medium of a reference; the clip is used and the picture left out.',
    '{path}：{model} 每个参考只取一个素材；使用视频，舍去图像。',
  ),
  size_by_ratio: note(
    'degraded',
    'size {found}: only its ratio counts for {model}; the film has {limit} pixels.',
    'size {found}：{model} 只取其宽高比；影片为 {limit} 像素。',
  ),
  size_converted: note(
    'converted',
    'size {found} is asked of {model} as {limit}.',
    'size {found} 对 {model} 表示为 {limit}。',
  ),
  format_converted: note(
    'converted',
    '{path} {found} is asked of {model} as {limit}.',
    '{path} {found} 对 {model} 表示为 {limit}。',
  ),
  ratio_follows: note(
    'degraded',
    '{path} {found} is not what the film will have: {model} takes over the ratio of {limit}.',
    '{path} {found} 不生效：{model} 沿用{limit}的宽高比。',
  ),
  setting_ignored: note('degraded', '{path} {found} has no effect on {model}.', '{path} {found} 对 {model} 无效。'),
  fps_fixed: note(
    'degraded',
    'fps {found}: {model} makes films of {limit} frames a second.',
    'fps {found}：{model} 的影片为每秒 {limit} 帧。',
  ),
  audio_always: note('degraded', 'audio: {model} always makes sound.', 'audio：{model} 始终生成声音。'),
  negative_ignored: note('degraded', 'negativePrompt has no effect on {model}.', 'negativePrompt 对 {model} 无效。'),
  shots_converted: note(
    'converted',
    "The {found} shots are written into the prompt as {model}'s page shows it.",
    '{found} 个镜头按 {model} 文档的写法并入提示词。',
  ),
  shots_as_text: note(
    'degraded',
    'The {found} shots become words of one prompt: {model} promises no cuts or times for them.',
    '{found} 个镜头并入一段提示词：{model} 不保证切换与时长。',
  ),
  shot_times_open: note(
    'degraded',
    '{model} takes the seconds of the film, not of its shots: it decides when each shot ends.',
    '{model} 只接受影片总时长，不接受各镜头时长：何时切换由模型决定。',
  ),
  seconds_of_list: note(
    'converted',
    '{path}: the shots that it lists last {found} s together; so does the film.',
    '{path}：其中列出的镜头共 {found} 秒，影片即为此时长。',
  ),
  listed_seconds_ignored: note(
    'degraded',
    '{path}: the shots that it lists last {found} s together; the film lasts {limit} s, and their times are only words.',
    '{path}：其中列出的镜头共 {found} 秒；影片为 {limit} 秒，所列时长仅作文字。',
  ),
  mentions_as_text: note(
    'degraded',
    '{model} documents no way to point at a reference in a prompt; mentions become plain words.',
    '{model} 没有在提示词中引用参考的写法；引用会变为普通文字。',
  ),
  mention_of_whole: note(
    'degraded',
    '{path}: {model} cannot point at {found} alone; the whole reference is mentioned.',
    '{path}：{model} 无法单独引用{found}；将引用整个参考。',
  ),
  mention_without_tag: note(
    'degraded',
    '{path}: {model} has no tag for {found}; it becomes a plain word.',
    '{path}：{model} 没有可用于{found}的标记；将写成普通文字。',
  ),
  mention_spaced: note(
    'converted',
    '{path}: a space is put beside {found}, so that it is not read as part of a longer word.',
    '{path}：在{found}旁加入空格，以免与相邻文字连读。',
  ),
  text_reads_as_mention: note(
    'converted',
    '{path}: {model} would read the words {found} as pointing to a reference; an invisible sign (U+2060) keeps them words.',
    '{path}：{model} 会把“{found}”当作引用；已插入不可见字符（U+2060）使其保持为文字。',
  ),
  tag_of_another_model: note(
    'converted',
    '{path}: {found} is written for another model; it is bound to its reference and sent as {model} reads it.',
    '{path}：{found}是其他模型的写法；已绑定到对应参考，并按 {model} 的写法发送。',
  ),
  mentions_prepended: note(
    'converted',
    '{path}: no tag is in it, so {model} takes it as being about all pictures; {found} is put before it.',
    '{path}：其中没有标记，{model} 视为涉及全部图像；将在前面加上 {found}。',
  ),
  reference_unmentioned: note(
    'accepted',
    '{path} ("{found}") is not named in any prompt.',
    '{path}（“{found}”）未在提示词中出现。',
  ),
  references_unmentioned: note(
    'accepted',
    '{count} references are not named in any prompt: {found}.',
    '有 {count} 个参考未在提示词中出现：{found}。',
  ),
  end_frame_alone: note('accepted', 'endFrame is given without startFrame.', '只提供了 endFrame，没有 startFrame。'),
  beyond_page: note(
    'accepted',
    "{path}: {model}'s page takes {limit} only; {found} is taken here and may be refused there.",
    '{path}：{model} 的文档只支持{limit}；此处也接受{found}，但正式服务可能拒绝。',
  ),
  count_split: note(
    'converted',
    'count {found}: {model} makes at most {limit} at a time, so {parts} requests of one film are sent, each paid.',
    'count {found}：{model} 每次最多 {limit} 部，将发送 {parts} 个各生成一部的请求，分别付费。',
  ),
  prompt_cut: note(
    'degraded',
    '{path} has {found} characters; {model} reads the first {limit} and drops the rest without a word.',
    '{path} 有 {found} 个字符；{model} 只读前 {limit} 个，其余会被截断。',
  ),
  prompt_expanded: note(
    'converted',
    '{path}: as was asked for, the draft is drawn with these words added: {found}',
    '{path}：已按要求扩写，草稿绘制时补充：{found}',
  ),
  remix_as_new: note(
    'degraded',
    "{model} has no remix: a new generation is made with the source's references and settings.",
    '{model} 不支持 Remix：将沿用原参考与设置重新生成。',
  ),
  remix_elsewhere: note(
    'degraded',
    "The film that this remixes is not at the account {found}: a new generation is made with the source's references and settings.",
    '源影片不在账户 {found}：将沿用原参考与设置重新生成。',
  ),
  alternative_refuses: note(
    'accepted',
    '{path}: {found} would refuse this. {why}',
    '{path}：{found} 会拒绝该请求。{why}',
  ),
  alternative_loses: note(
    'accepted',
    '{path}: {found} would make it with less. {why}',
    '{path}：{found} 会有所损失。{why}',
  ),
  alternative_costs: note(
    'accepted',
    '{path}: {found} is not asked, as the price of this request is the most that is paid: {why}.',
    '{path}：不会使用 {found}，因为不得超过本请求的价格：{why}。',
  ),
  budget_rate: note(
    'accepted',
    'For the budget, {found} counts as {limit}: at the rate {rate} of {date}.',
    '{found} 按 {date} 的汇率 {rate} 计为 {limit}，计入预算。',
  ),
  price_unknown: note('accepted', 'The price of {model} is not documented.', '{model} 的价格未见文档。'),
  refused_is_charged: note(
    'accepted',
    '{model} charges also for a film that its moderation refuses.',
    '{model} 即使被内容审核拒绝也会收费。',
  ),
  fault_shown: note('accepted', 'As was asked, a fault is shown: {found}.', '按要求模拟故障：{found}。'),
  fault_ignored: note(
    'accepted',
    '{path} {found} has no effect: this server was not started with --sandbox-faults, or nothing here can show it.',
    '{path} {found} 不起作用：服务器未以 --sandbox-faults 启动，或此处无法模拟该故障。',
  ),
  media_animated: note(
    'accepted',
    '{path} is animated; only its first frame is used.',
    '{path} 是动图；仅使用第一帧。',
  ),
  media_fitted: note(
    'converted',
    '{path} ({found}) is made to fit {model}: {limit}.',
    '{path}（{found}）将调整为 {model} 可用的形式：{limit}。',
  ),
  media_cut: note(
    'degraded',
    '{path} ({found}) is cut to fit {model}: {limit}. What lies beyond is left out.',
    '{path}（{found}）将裁剪为 {model} 可用的形式：{limit}。超出部分会舍去。',
  ),
  media_unmeasured: note(
    'accepted',
    '{path} was not measured, so its limits were not checked.',
    '{path} 尚未测量，未检查其限制。',
  ),
} as const satisfies Record<string, NoteKind>;

export type NoteCode = keyof typeof noteTable;

/** Something that will be done otherwise than asked, or is worth knowing before paying. */
export interface Note {
  readonly code: NoteCode;
  readonly path: string;
  readonly values: ProblemValues;
  readonly source?: string;
}

/** Makes a note; `values` fill the places of its kind's text. */
export function makeNote(code: NoteCode, path: string, values: ProblemValues = {}, source?: string): Note {
  return source === undefined ? { code, path, values } : { code, path, values, source };
}

/** How far a note's kind is from what was asked. */
export function noteEffect(code: NoteCode): NoteEffect {
  return noteTable[code].effect;
}

/** The text of a note, ready to be shown. */
export function explainNote(found: Note, language: Language): string {
  return fill(noteTable[found.code].message[language], { ...found.values, path: found.path }, language);
}
