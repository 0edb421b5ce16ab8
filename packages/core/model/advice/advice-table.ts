import type { Localized } from '../language.ts';

interface AdviceKind {
  /** What was seen. */
  readonly message: Localized;
  /** What would make a better film. */
  readonly remedy: Localized;
}

type Texts = readonly [message: string, remedy: string];

function kind(en: Texts, zh: Texts): AdviceKind {
  return { message: { en: en[0], zh: zh[0] }, remedy: { en: en[1], zh: zh[1] } };
}

/** One row a kind of advice. `{places}` are filled from the advice's values. */
export const adviceTable = {
  // --- camera
  several_camera_moves: kind(
    ['{path} gives {count} camera instructions ({found}).', 'Use a single one, or give each a shot of its own.'],
    ['{path} 有 {count} 个摄影机指令（{found}）。', '请只用一个摄影机指令，或拆成多个镜头。'],
  ),
  camera_late: kind(
    ['{path} speaks of the camera ("{found}") only near its end.', 'Put the camera instruction near the beginning.'],
    ['{path} 到后半段才写摄影机（“{found}”）。', '请将摄影机指令放在提示词开头附近。'],
  ),
  avoid_phrase: kind(
    ['{path}: models follow "{found}" badly.', 'Use simple camera language: "{use}".'],
    ['{path}：模型对“{found}”响应不佳。', '请使用简单的摄影机语言：“{use}”。'],
  ),

  // --- what happens
  several_actions: kind(
    [
      '{path} has {count} actions ({found}); movement may look unnatural.',
      'One action a shot: simplify, split it into shots, or make it shorter.',
    ],
    ['{path} 有 {count} 个动作（{found}），运动可能不自然。', '每个镜头一个动作：请简化、拆分镜头或缩短时长。'],
  ),
  subjects_without_positions: kind(
    [
      '{path} has {count} subjects ({found}) and does not say where they are; they may blend.',
      'Say where each one is: "foreground left", "entering from right".',
    ],
    [
      '{path} 有 {count} 个主体（{found}）却没有位置说明，可能会混合。',
      '请写明每个主体的位置：“前景左侧”“从右侧进入”。',
    ],
  ),
  nothing_moves: kind(
    [
      '{path} describes what the picture shows already, and no movement.',
      'Describe the actions, movements and changes that you want to see.',
    ],
    ['{path} 只重复图片中的静态内容，没有动作。', '请描述希望呈现的动作、运动效果和变化。'],
  ),
  may_be_blocked: kind(
    ['{path}: "{found}" may be blocked by moderation.', 'Describe it in neutral, positive words.'],
    ['{path}：“{found}”可能被内容审核拦截。', '请使用更中性、正面的描述。'],
  ),

  // --- words
  prompt_short: kind(
    [
      'The prompt has {length}; {least} to {most} work best.',
      'Add details: what is seen, what happens, light and style.',
    ],
    ['提示词有 {length}；{least}–{most} 字（词）效果最佳。', '请补充细节：画面内容、动作、光照与风格。'],
  ),
  prompt_long: kind(
    ['The prompt has {length}; {least} to {most} work best.', 'Shorten it: long prompts bring in contradictions.'],
    ['提示词有 {length}；{least}–{most} 字（词）效果最佳。', '请精简：过长的提示词会引入矛盾。'],
  ),
  prompt_lacks: kind(
    ['{path} says nothing of: {missing}.', 'Say it: subject + action + place + camera + light and style.'],
    ['{path} 缺少：{missing}。', '请补充：主体 + 动作 + 环境 + 摄影机运动 + 光照/风格。'],
  ),
  style_not_named: kind(
    ['{path} names no style.', 'Name a concrete one, such as "cinematic", "anime" or "high definition".'],
    ['{path} 没有具体的风格描述。', '请写明具体风格，如“电影风格”“高清画质”。'],
  ),
  style_words_vary: kind(
    ['The shots name different styles: {found}.', 'Keep the same style words in every shot.'],
    ['各镜头的风格词不一致：{found}。', '请在每个镜头中使用相同的风格关键词。'],
  ),
  wording_changes: kind(
    [
      '{path} calls it "{found}", and an earlier shot "{use}": to a model these are two things.',
      'Use the same words in every shot.',
    ],
    ['{path} 写作“{found}”，而前面的镜头写作“{use}”：模型会视为不同的意图。', '请在每个镜头中使用相同的词。'],
  ),
  shots_without_framing: kind(
    ['{path} does not say how much is seen.', 'Start each shot with its framing: wide shot, medium shot, close-up.'],
    ['{path} 没有写景别。', '请以景别开头：全景、中景、近景、特写。'],
  ),

  // --- references
  subject_without_frontal: kind(
    ['{path} ("{found}") has no frontal image; its face may change.', 'Add a clear frontal picture of it.'],
    ['{path}（“{found}”）没有正面图像，面部可能变化。', '请添加清晰的正面照片。'],
  ),
  subject_view_varies: kind(
    [
      '{path} shows "{found}" by another picture than an earlier shot.',
      'Use the same frontal image throughout: mention the reference as a whole.',
    ],
    ['{path} 中“{found}”使用了与前面镜头不同的图像。', '请始终使用相同的正面图像：直接引用整个参考。'],
  ),
  few_angles: kind(
    ['{who} shown from one side only.', 'Add a side view and a 45-degree view: they hold an identity best.'],
    ['{who}只有一个角度。', '请添加侧面和 45 度角视图，以获得最强的身份锁定。'],
  ),
  references_untagged: kind(
    [
      '{count} references are not named in the prompt ({names}); they may not appear.',
      'Name in the prompt which ones you want to see.',
    ],
    ['有 {count} 个参考未在提示词中引用（{names}），可能不会出现。', '请在提示词中明确引用要使用的参考。'],
  ),
  untagged_all_used: kind(
    [
      'No reference is named in the prompt: {model} then uses all {count}.',
      'Name those that matter, if you do not want all of them.',
    ],
    ['提示词没有引用任何参考：{model} 将使用全部 {count} 个。', '如不需要全部，请明确引用。'],
  ),
  scene_image_small: kind(
    [
      '{path} is {found} pixels, less than the film; the background may look distorted.',
      'Use a clean picture of at least {use} pixels on its short side.',
    ],
    ['{path} 为 {found} 像素，小于影片尺寸，背景可能扭曲。', '请使用干净、高质量的图像，短边至少 {use} 像素。'],
  ),
  picture_blurred: kind(
    ['{path} is blurred.', 'Use a sharp picture: details are what a look is held by.'],
    ['{path} 模糊。', '请使用清晰的图像：外观靠细节锁定。'],
  ),
  picture_dark: kind(
    ['{path} is too dark: {found} % of what it shows is black.', 'Use a well-lit picture.'],
    ['{path} 太暗：主体有 {found}% 是黑的。', '请使用光线良好的图像。'],
  ),
  picture_bright: kind(
    ['{path} is too bright: {found} % of what it shows is burnt out.', 'Use a picture with softer light.'],
    ['{path} 过曝：主体有 {found}% 是纯白。', '请使用光线柔和的图像。'],
  ),
  subject_small: kind(
    ['The subject of {path} fills only {found} % of it.', 'Crop the picture closer to the subject.'],
    ['{path} 中主体只占画面的 {found}%。', '请将图像裁剪到主体附近。'],
  ),
  picture_few_pixels: kind(
    ['The subject of {path} is only {found} pixels large.', 'Use a larger picture: {use} pixels or more.'],
    ['{path} 中主体只有 {found} 像素。', '请使用更大的图像：主体至少 {use} 像素。'],
  ),
  background_busy: kind(
    ['Much is seen behind the subject of {path}.', 'Use a picture with a clean background.'],
    ['{path} 中主体背后的内容太多。', '请使用背景干净的图像。'],
  ),
  scene_cluttered: kind(
    ['{path} is cluttered; the background may look distorted.', 'Use a clean picture of the place.'],
    ['{path} 杂乱，背景可能扭曲。', '请使用干净、高质量的场景图像。'],
  ),
  picture_styles_mixed: kind(
    ['{path} looks {found}, the other pictures {others}.', 'Give all pictures one style.'],
    ['{path} {found}，其余图像{others}。', '请让所有参考图像的视觉风格一致。'],
  ),
  several_grids: kind(
    ['{count} references seem to be grids of several pictures ({found}).', 'Give one such grid at a time.'],
    ['有 {count} 个参考似乎是多宫格图（{found}）。', '建议单次仅传入一张多宫格图。'],
  ),

  // --- settings
  low_tier: kind(
    ['The film is made at {found}.', 'Try {use} for better quality; it costs more.'],
    ['影片分辨率为 {found}。', '可尝试 {use} 获得更高质量（成本更高）。'],
  ),
  short_by_default: kind(
    ['No seconds are given, so the film lasts {found} s.', 'Set {use} s if you want a longer one.'],
    ['未指定时长，影片为 {found} 秒。', '如需更长的视频，可设为 {use} 秒。'],
  ),
  try_short_first: kind(
    [
      'The film lasts {found} s and is paid for.',
      'Try it with {use} s first: short films hold together better and let you iterate faster.',
    ],
    ['影片时长 {found} 秒且需付费。', '请先用 {use} 秒的片段测试：较短的片段一致性更好，迭代更快。'],
  ),
} as const satisfies Record<string, AdviceKind>;
