import type { Localized, Note, NoteCode, ProblemValues } from '../model/index.ts';

/** What something becomes, in a few words: the same in both languages, or in each. */
export type Becomes = Localized | string;

const leftOut: Localized = { en: 'left out', zh: '舍去' };

type Words = Becomes | undefined | ((values: ProblemValues) => Becomes | undefined);

const limit: Words = ({ limit: value }) => asWords(value);

/** What each kind of note makes of the field that it names; undefined where the field stays what it is, or others say it better. */
const table: Record<NoteCode, Words> = {
  newer_edition: undefined,
  kind_converted: limit,
  angles_dropped: leftOut,
  angles_not_taken: leftOut,
  voice_dropped: leftOut,
  clip_dropped: leftOut,
  image_dropped: leftOut,
  size_by_ratio: limit,
  size_converted: limit,
  format_converted: limit,
  ratio_follows: ({ limit: picture }) =>
    isLocalized(picture) ? { en: `the ratio of ${picture.en}`, zh: `沿用${picture.zh}的宽高比` } : undefined,
  setting_ignored: leftOut,
  fps_fixed: ({ limit: fps }) => String(fps),
  audio_always: 'true',
  negative_ignored: leftOut,
  shots_converted: { en: 'one prompt, as its page writes shots', zh: '一段提示词（按其文档的分镜写法）' },
  shots_as_text: { en: 'words of one prompt', zh: '一段提示词中的文字' },
  shot_times_open: { en: 'for the model to decide', zh: '由模型决定' },
  seconds_of_list: undefined,
  listed_seconds_ignored: undefined,
  // What each mention becomes is said by itself.
  mentions_as_text: undefined,
  mention_of_whole: undefined,
  mention_without_tag: undefined,
  mention_spaced: { en: 'spaced', zh: '加入空格' },
  text_reads_as_mention: { en: 'kept as words by U+2060', zh: '以 U+2060 保持为文字' },
  tag_of_another_model: undefined,
  mentions_prepended: ({ found }) => {
    const tags = asWords(found);
    return typeof tags === 'string' ? `${tags} …` : undefined;
  },
  reference_unmentioned: undefined,
  references_unmentioned: undefined,
  end_frame_alone: undefined,
  beyond_page: undefined,
  count_split: ({ parts }) => ({ en: `${parts} requests of one film`, zh: `${parts} 个请求，各一部` }),
  prompt_cut: ({ limit: most }) => ({ en: `its first ${most} characters`, zh: `前 ${most} 个字符` }),
  prompt_expanded: undefined,
  remix_as_new: { en: 'a new generation', zh: '重新生成' },
  remix_elsewhere: { en: 'a new generation', zh: '重新生成' },
  alternative_refuses: undefined,
  alternative_loses: undefined,
  alternative_costs: undefined,
  budget_rate: undefined,
  price_unknown: undefined,
  refused_is_charged: undefined,
  fault_shown: undefined,
  fault_ignored: undefined,
  media_animated: { en: 'its first frame', zh: '第一帧' },
  media_fitted: limit,
  media_cut: limit,
  media_unmeasured: undefined,
};

/** What the field of a note becomes, as far as the note says it. */
export function becomesOf({ code, values }: Note): Becomes | undefined {
  const words = table[code];
  return typeof words === 'function' ? words(values) : words;
}

function isLocalized(value: ProblemValues[string] | undefined): value is Localized {
  return typeof value === 'object' && 'en' in value;
}

function asWords(value: ProblemValues[string] | undefined): Becomes | undefined {
  if (value === undefined || isLocalized(value)) return value;
  return Array.isArray(value) ? value.join(' ') : String(value);
}
