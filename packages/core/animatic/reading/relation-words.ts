import type { RoleObject } from './roles.ts';

/**
 * How somebody stands to somebody or something else. `holds` and `on` make a thing a property of the one who has it; the others
 * are places beside the other.
 */
export type Relation =
  | 'holds'
  | 'on'
  | 'towards'
  | 'past'
  | 'between'
  | 'behind'
  | 'in-front'
  | 'left-of'
  | 'right-of'
  | 'beside';

interface Row {
  readonly relation: Relation;
  /** At the end of what stands before the other. */
  readonly before?: RegExp;
  /** At the start of what stands after the other. */
  readonly after?: RegExp;
}

/** What stands after the other is read first: 坐在图1旁边 is beside it, not on it. */
const rows: readonly Row[] = [
  { relation: 'between', after: /^(?:(?:和|与|跟|、)\uFFFC)?的?(?:之间|中间)/u },
  { relation: 'behind', after: /^的?(?:身后|后面|背后|后方)/u },
  { relation: 'in-front', after: /^的?(?:身前|前面|面前|前方)/u },
  { relation: 'left-of', after: /^的?左(?:手边|侧|边|方|面)/u },
  { relation: 'right-of', after: /^的?右(?:手边|侧|边|方|面)/u },
  { relation: 'beside', after: /^的?(?:旁边|身边|身旁|一旁|旁)/u },
  {
    relation: 'holds',
    before:
      /\b(?:hold(?:s|ing)?|carr(?:y|ies|ying)|eat(?:s|ing)?|drink(?:s|ing)?|grip(?:s|ping)?|lift(?:s|ing)?|raises?|raising|wear(?:s|ing)?|play(?:s|ing)?|strum(?:s|ming)?|read(?:s|ing)?|picks? up|picking up|drops?|throws?|puts?|offers?)\b(?: (?:up|on|the|a|an|his|her|their|its|some))*\s*$|(?:[抱拿捧握举提端叼吃喝抓背戴穿弹抬递扔](?:着|起|了|住|来|出)*|手中的?|手里的?|怀里的?|手持|演奏)\s*$/iu,
  },
  {
    relation: 'on',
    before:
      /\b(?:sit(?:s|ting)?|l(?:ie|ies|ying)|stand(?:s|ing)?|ride|rides|riding|sleep(?:s|ing)?)\s+(?:on|in|atop)(?: (?:the|a|an|his|her))?\s*$|(?:[坐躺站睡趴骑]在?|靠在)\s*$/iu,
  },
  { relation: 'on', before: /在\s*$/u, after: /^的?[^，。；\uFFFC]{0,4}[上里]/u },
  { relation: 'between', before: /\bbetween(?: (?:the|a))?\s*$|\bbetween\s*[^.]*\band(?: (?:the|a))?\s*$/iu },
  { relation: 'behind', before: /\bbehind(?: (?:the|a))?\s*$/iu },
  { relation: 'in-front', before: /\bin front of(?: (?:the|a))?\s*$/iu },
  { relation: 'left-of', before: /\bleft(?: side)? of(?: (?:the|a))?\s*$/iu },
  { relation: 'right-of', before: /\bright(?: side)? of(?: (?:the|a))?\s*$/iu },
  {
    relation: 'towards',
    before:
      /\b(?:towards?|up to|over to|to|approach(?:es|ing)?|reach(?:es|ing)?|joins?|meets?|hug(?:s|ging)?|kiss(?:es|ing)?|chas(?:e|es|ing)|catch(?:es)?)(?: (?:the|a))?\s*$|(?:走向|跑向|冲向|飞向|走到|跑到|来到|靠近|接近|朝着?|向着?|追逐|追赶|追着?)\s*$/iu,
  },
  { relation: 'past', before: /\b(?:past|passes|passing)(?: (?:by|the))*\s*$|(?:路过|经过|走过|穿过|越过)\s*$/iu },
  { relation: 'beside', before: /\b(?:beside|next to|alongside|near|by|with)(?: (?:the|a))?\s*$/iu },
];

/** How the one who acts stands to the other of its clause; undefined where the words do not say. */
export function readRelation({ before, after }: RoleObject): Relation | undefined {
  return rows.find((row) => (row.before?.test(before) ?? true) && (row.after?.test(after) ?? true))?.relation;
}
