import { blankQuotes } from './quotes.ts';

/** Something that somebody does in a text. UTF-16 positions. */
export interface ActionWords {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** A small one (looks, smiles, sits) goes along with another action; two others are two actions. */
  readonly small: boolean;
}

const english =
  'walk run jump dance sing hop climb swim fly ride drive fight throw catch kick push pull lift carry open close pour cook eat drink play chase dive fall leap march crawl sprint jog skate ski surf spin shoot draw paint write read wash clean build break cut dig hug kiss knock enter leave arrive depart cross wave point pick drop grab toss swing roll slide stroll wander race gallop glide soar bark hunt perform practise practice bow kneel clap unwrap hand wrap explode burn bloom melt flow drift rise stretch grow transform change transition strum type';
const englishSmall =
  'look smile turn sit stand nod blink stare gaze glance breathe stop pause wait lean listen watch hold laugh cry tilt raise move talk speak sleep rest sway shiver think reveal appear sparkle glow flutter ripple';
const irregular =
  'ran|sang|swam|flew|rode|drove|fought|threw|caught|ate|drank|fell|wrote|broke|dug|left|swung|grew|leapt|dove';
const irregularSmall = 'sat|stood|held|slept|spoke';

const chinese =
  '走[进来去向过出入到回]|行走|漫步|散步|奔跑|[跑飞跳爬游][进来去向过出入到动起下]|跑步|跑马拉松|跳跃|跳舞|起舞|飞翔|飞行|游泳|攀爬|骑[着上马车]|驾驶|开车|行驶|弹奏|弹吉他|演奏|演唱|唱歌|歌唱|推[开门着]|拉[开着]|扔[出下向掉]|抛[出向]|接住|踢[球出向]|挥[手舞动]|打开|关上|捡起|拿起|举起|放[到下在入]|递[给上]|吃着?|喝着?|读书|写字|画画|追逐|追赶|玩[耍着]|抓[住起]|拥抱|亲吻|敲[门打]|进入|离开|路过|穿[过越梭]|跳过|越过|落[下到]|绽放|燃烧|爆炸|旋转|流动|过渡|变[成为化]|升起|飘[落动]|骑行|冲[向出进]|摔[倒下]|打[球架斗]|拨开|扫描|滑[行雪冰]|探路|增加|去除|替换';
const chineseSmall =
  '看[着向到见了]|望[着向]|微笑|笑着|大笑|笑[了起]|转[身头过]|回头|坐[着在下]|站[着在起立]|点头|摇头|眨眼|凝视|注视|停下|等待|靠[着在]|听着|拿着|抱着|捧着|举着|躺[着在]|睡[着觉]|呼吸|发呆|抬[头手]|低头|说话|露出|动起来|摇曳|闪烁|生动';

const pattern = (verbs: string, more: string, chineseVerbs: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}@_'’-]|\\b(?:a|an|the|his|her|their|its|my|of|no)\\s)(?:${verbs.split(' ').map(forms).join('|')}|${more})(?![\\p{L}\\p{N}_-])|${chineseVerbs}`,
    'giu',
  );

const large = pattern(english, irregular, chinese);
const little = pattern(englishSmall, irregularSmall, chineseSmall);

/** "walk" in every regular form: walk, walks, walked, walking. */
function forms(verb: string): string {
  if (verb.endsWith('e')) return `${verb.slice(0, -1)}(?:e|es|ed|ing)`;
  if (/[^aeo]y$/.test(verb)) return `${verb.slice(0, -1)}(?:y|ies|ied|ying)`;
  if (/(?:s|sh|ch|x|o)$/.test(verb)) return `${verb}(?:es|ed|ing)?`;
  const last = verb.at(-1)!;
  return /[^aeiou][aeiou][bdgmnpt]$/.test(verb) ? `${verb}(?:s|${last}?ed|${last}?ing)?` : `${verb}(?:s|ed|ing)?`;
}

/** The actions that a text names, in order, none inside quotation marks. A closed list of words: it knows common ones only. */
export function findActionWords(text: string): ActionWords[] {
  const open = blankQuotes(text);
  const found = [false, true].flatMap((small) =>
    [...open.matchAll(small ? little : large)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      text: match[0],
      small,
    })),
  );
  return found.sort((one, other) => one.from - other.from);
}
