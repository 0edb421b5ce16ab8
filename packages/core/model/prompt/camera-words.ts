import { countWhile } from './ordered.ts';
import { blankQuotes } from './quotes.ts';

/** How much of the subject a shot shows. */
export const framings = ['extreme-wide', 'wide', 'medium', 'medium-close', 'close-up', 'extreme-close-up'] as const;
export type Framing = (typeof framings)[number];

/** From where the camera looks. */
export const cameraAngles = ['eye', 'low', 'high', 'overhead'] as const;
export type CameraAngle = (typeof cameraAngles)[number];

/** What the camera does during a shot. `track` moves with the subject, `pan` and `tilt` turn on the spot. */
export const cameraMoves = [
  'hold',
  'push',
  'pull',
  'pan-left',
  'pan-right',
  'tilt-up',
  'tilt-down',
  'track-left',
  'track-right',
  'track-behind',
  'rise',
  'sink',
  'orbit',
] as const;
export type CameraMove = (typeof cameraMoves)[number];

/** What a phrase asks of the camera. None of the three: a camera instruction that has no word here, such as "rack focus". */
export interface CameraMeaning {
  readonly framing?: Framing;
  readonly move?: CameraMove;
  readonly angle?: CameraAngle;
}

/** A camera instruction in a text: UTF-16 positions, and the words themselves. */
export interface CameraWords extends CameraMeaning {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

interface CameraRow extends CameraMeaning {
  /** Regular expressions; a space stands for spaces or a hyphen, `<push>` for every form of the verb. */
  readonly en: readonly string[];
  /** Regular expressions. */
  readonly zh: readonly string[];
  /** These words also say what people and suns do: they count only where the text is about the camera. */
  readonly ambiguous?: true;
}

/**
 * Phrase -> meaning. Where a phrase leaves the direction open ("the camera pans"), it goes with the reading direction:
 * right, up, and a tracking camera to the right.
 */
const rows: readonly CameraRow[] = [
  // --- framing
  {
    framing: 'extreme-close-up',
    en: ['(?:extreme|big|tight) close ups?', 'extreme macro', 'macro (?:shot|close up)', 'ecu'],
    zh: ['大特写', '极特写', '极近特写', '超近特写', '微距(?:镜头|特写)?'],
  },
  { framing: 'close-up', en: ['close ups?', 'closeups?', 'close shot'], zh: ['(?:面部|脸部)?特写(?:镜头)?'] },
  {
    framing: 'medium-close',
    en: [
      'medium close ups?',
      'medium closeups?',
      'over the shoulder(?: shot)?',
      'bust shot',
      'head and shoulders shot',
    ],
    zh: ['中近景', '近景(?:镜头)?', '过肩(?:镜头)?', '胸像'],
  },
  {
    framing: 'medium',
    en: ['medium (?:two )?shot', 'mid shot', 'waist shot', 'cowboy shot', 'two shot', 'medium full shot'],
    zh: ['中景(?:镜头)?', '半身(?:景|镜头)', '双人镜头'],
  },
  {
    framing: 'wide',
    en: [
      'wide(?: (?:angle|cinematic|open|long|full))? (?:shot|view|framing)',
      '(?:cinematic|ultra) wide(?: shot)?',
      'wide angle',
      'full(?: body)? shot',
      'long shot',
    ],
    zh: ['全景(?:镜头)?', '中全景', '广角(?:镜头)?', '全身(?:景|镜头)'],
  },
  {
    framing: 'extreme-wide',
    en: ['extreme (?:wide|long)(?: shot)?', 'very wide shot', 'establishing (?:wide )?shot', 'panoramic (?:shot|view)'],
    zh: ['大远景', '大全景', '远景(?:镜头)?', '定场镜头', '建立镜头'],
  },
  {
    framing: 'extreme-wide',
    angle: 'high',
    en: ['(?:(?:wide|cinematic) )?(?:aerial|drone)(?: establishing)?(?: (?:shot|view|footage))?'],
    zh: ['航拍(?:镜头)?', '无人机(?:视角|镜头|拍摄)'],
  },

  // --- angle
  {
    angle: 'overhead',
    en: [
      'overhead(?: (?:shot|view))?',
      "birds?[’']?s? eye(?: view| shot)?",
      'top down(?: (?:shot|view))?',
      "god[’']s eye(?: view)?",
    ],
    zh: ['顶拍', '鸟瞰(?:视角|镜头)?', '上帝视角', '垂直俯拍', '正上方俯拍'],
  },
  {
    angle: 'high',
    en: ['high angle(?: (?:shot|view))?', 'from above'],
    zh: ['俯拍(?:镜头)?', '高角度', '俯视(?:视角|镜头|角度)'],
  },
  { angle: 'high', en: ['<look> down'], zh: ['俯视', '俯瞰'], ambiguous: true },
  {
    angle: 'low',
    en: ['low angle(?: (?:shot|view))?', "worms?[’']?s? eye(?: view)?", 'from below'],
    zh: ['仰拍(?:镜头)?', '低角度', '仰视(?:视角|镜头|角度)'],
  },
  { angle: 'low', en: ['<look> up'], zh: ['仰视', '仰望'], ambiguous: true },
  {
    angle: 'eye',
    en: ['eye level(?: (?:shot|view|angle))?', '(?:pov|point of view)(?: shot)?', 'first person(?: view)?'],
    zh: ['平拍', '平视(?:视角|镜头|角度)?', '主观(?:镜头|视角)', '第一人称(?:视角)?'],
  },

  // --- moves
  {
    move: 'hold',
    en: [
      '(?:static|fixed|locked(?: off| down)?|stationary|still|motionless) (?:camera|shot|frame)',
      'camera (?:remains|stays|is) (?:static|still|fixed|locked)',
      'locked off',
    ],
    zh: ['(?:固定|静止|定)(?:镜头|机位)', '(?:镜头|机位|画面)(?:保持)?(?:固定|不动|静止)'],
  },
  {
    move: 'push',
    en: [
      '<push> in(?: (?:on|to|toward|towards|closer))?',
      '<dolly> in',
      '<zoom> in',
      '<zoom>',
      'camera push',
      'dolly zoom',
      'crash zoom',
    ],
    zh: ['推近', '推镜头?', '推镜', '拉近', '前推', '放大到'],
  },
  {
    move: 'push',
    en: [
      '<push>(?: (?:forward|forwards|closer|toward|towards|through))?',
      '<dolly>(?: (?:forward|forwards|closer|toward|towards))?',
      '<move> (?:in|closer|forward|forwards|toward|towards)',
      '<close> in',
      '<glide> (?:forward|in|toward|towards)',
      '<creep> (?:in|forward)',
    ],
    zh: ['推进', '推向', '靠近', '前移', '向前(?:移动|推进)?', '逼近'],
    ambiguous: true,
  },
  { move: 'push', en: ['push forward', 'dolly shot'], zh: [] },
  {
    move: 'pull',
    en: ['<pull> (?:back|out|away)', '<dolly> (?:out|back)', '<zoom> (?:out|back)'],
    zh: ['拉远', '拉镜头?', '后拉', '拉出'],
  },
  {
    move: 'pull',
    en: ['<move> (?:back|away|out|backward|backwards)', '<retreat>', '<drift> (?:back|away)'],
    zh: ['拉开', '后退', '后移', '远离'],
    ambiguous: true,
  },
  {
    move: 'pan-left',
    en: ['<pan>(?: (?:slowly|gently|across))?(?: to the)? left', 'left pan', 'whip pan left'],
    zh: ['左摇', '向左摇', '从右(?:向|往|至|到)左摇'],
  },
  {
    move: 'pan-right',
    en: [
      '<pan>(?: (?:slowly|gently|across))?(?: to the)? right',
      'right pan',
      'whip pan(?: right)?',
      'swish pan',
      'panning shot',
    ],
    zh: ['右摇', '向右摇', '从左(?:向|往|至|到)右摇', '摇镜头?', '摇镜', '甩镜头?', '横摇'],
  },
  {
    move: 'pan-right',
    en: ['<pan>(?: (?:across|around|over))?', '<sweep> across'],
    zh: ['摇动', '扫过'],
    ambiguous: true,
  },
  { move: 'tilt-up', en: ['<tilt> (?:up|upward|upwards)', '<pan> up'], zh: ['上摇', '向上摇'] },
  { move: 'tilt-down', en: ['<tilt> (?:down|downward|downwards)', '<pan> down'], zh: ['下摇', '向下摇'] },
  { move: 'tilt-up', en: ['<tilt>'], zh: ['上移', '上扬'], ambiguous: true },
  { move: 'tilt-down', en: [], zh: ['下移'], ambiguous: true },
  {
    move: 'track-left',
    en: ['<track>(?: to the)? left', '<truck> left', '<slide> left'],
    zh: ['左移', '向左(?:横移|平移|移动)'],
  },
  {
    move: 'track-right',
    en: [
      '<track>(?: to the)? right',
      '<truck> right',
      '<slide> right',
      '(?:cinematic )?tracking shot',
      '(?:lateral|side) tracking(?: shot)?',
      '<track> (?:alongside|beside)',
      '<track> (?:along )?with',
    ],
    zh: ['右移', '向右(?:横移|平移|移动)', '横移', '平移镜头', '侧跟'],
  },
  {
    move: 'track-right',
    en: ['<track>', '<truck>', '<slide>', '<move> (?:alongside|sideways)'],
    zh: ['平移', '移动'],
    ambiguous: true,
  },
  {
    move: 'track-behind',
    en: [
      '<track>(?: shot)? from behind',
      'tracking shot(?: (?:following|behind))?(?: from)? behind',
      '<follow> from behind',
      'following shot',
      'follow shot',
      '<track> behind',
    ],
    zh: ['跟拍(?:镜头)?', '跟镜头?', '跟随(?:镜头|拍摄)', '尾随(?:镜头|拍摄)?', '从(?:后方|背后|身后)跟(?:拍|随)'],
  },
  { move: 'track-behind', en: ['<follow>', '<trail>'], zh: ['跟随', '跟着', '追随'], ambiguous: true },
  {
    move: 'rise',
    en: ['<crane> (?:up|shot)', '<boom> up', '<pedestal> up', 'jib up', 'crane shot'],
    zh: ['升镜头?', '上升镜头', '摇臂(?:上升|升起)?'],
  },
  {
    move: 'rise',
    en: ['<rise>(?: up)?', '<ascend>', '<lift>(?: up)?'],
    zh: ['升起', '上升', '升高', '拉升', '抬升'],
    ambiguous: true,
  },
  { move: 'sink', en: ['<crane> down', '<boom> down', '<pedestal> down', 'jib down'], zh: ['降镜头?', '下降镜头'] },
  {
    move: 'sink',
    en: ['<descend>', '<lower>', '<sink>', '<drop> down'],
    zh: ['下降', '降下', '降低', '下沉'],
    ambiguous: true,
  },
  {
    move: 'orbit',
    en: ['<orbit>', 'orbital shot', 'orbit shot', '360(?: degree)?(?: (?:shot|rotation|spin|orbit))', 'arc shot'],
    zh: ['环绕(?:镜头|拍摄|运镜)', '环拍', '(?:360|三百六十)度(?:旋转|环绕)'],
  },
  {
    move: 'orbit',
    en: ['<circle>(?: around)?', '<rotate> around', '<revolve> around', '<arc> around', '<spin> around'],
    zh: ['环绕', '绕着', '旋转', '围绕'],
    ambiguous: true,
  },

  // --- asks for more than this table can say
  {
    en: [
      'rack focus(?: transition)?',
      'handheld(?: (?:camera|shot|movement|parallax movement))?',
      'parallax(?: movement)?',
      'steadicam(?: shot)?',
      'dutch (?:angle|tilt)',
      'tilt shift(?: bokeh)?',
      'anamorphic(?: lens)?',
      'match cut',
      'bullet time',
    ],
    zh: ['手持(?:镜头|拍摄|感)?', '移焦', '变焦(?:转场)?', '荷兰角', '子弹时间', '移轴', '变形宽银幕', '斯坦尼康'],
  },
];

const verbs: Readonly<Record<string, string>> = {
  push: 'push(?:es|ing|ed)?',
  pull: 'pull(?:s|ing|ed)?',
  dolly: 'doll(?:y|ies|ying|ied)',
  zoom: 'zoom(?:s|ing|ed)?',
  pan: 'pan(?:s|ning|ned)?',
  tilt: 'tilt(?:s|ing|ed)?',
  track: 'track(?:s|ing|ed)?',
  truck: 'truck(?:s|ing|ed)?',
  slide: 'slid(?:e|es|ing)',
  follow: 'follow(?:s|ing|ed)?',
  trail: 'trail(?:s|ing|ed)?',
  crane: 'cran(?:e|es|ing|ed)',
  boom: 'boom(?:s|ing|ed)?',
  pedestal: 'pedestals?',
  rise: '(?:ris(?:e|es|ing)|rose)',
  ascend: 'ascend(?:s|ing|ed)?',
  lift: 'lift(?:s|ing|ed)?',
  descend: 'descend(?:s|ing|ed)?',
  lower: 'lower(?:s|ing|ed)?',
  sink: 'sink(?:s|ing)?',
  drop: 'drop(?:s|ping|ped)?',
  orbit: 'orbit(?:s|ing|ed)?',
  circle: 'circl(?:e|es|ing|ed)',
  rotate: 'rotat(?:e|es|ing|ed)',
  revolve: 'revolv(?:e|es|ing|ed)',
  arc: 'arc(?:s|ing|ed)?',
  spin: 'spin(?:s|ning)?',
  sweep: '(?:sweep(?:s|ing)?|swept)',
  move: 'mov(?:e|es|ing|ed)',
  close: 'clos(?:es|ing)',
  glide: 'glid(?:e|es|ing|ed)',
  creep: '(?:creep(?:s|ing)?|crept)',
  drift: 'drift(?:s|ing|ed)?',
  retreat: 'retreat(?:s|ing|ed)?',
  look: 'look(?:s|ing)?',
};

const pace =
  '(?:slow|slowly|gentle|gently|smooth|smoothly|steady|steadily|gradual|gradually|quick|quickly|fast|subtle)';
const englishLead = `(?:${pace} )?(?:camera )?(?:(?:then|also|begins to|starts to) )?(?:${pace} )?`;
const chineseLead =
  '(?:镜头|相机|摄影机|摄像机|画面|机位)?(?:缓缓|缓慢|慢慢|快速|迅速|逐渐|渐渐|平稳|轻轻|平滑|地|的|向|往|再|随后|随之){0,4}';

const cameraNoun = /\b(?:camera|shot|lens|drone)\b|镜头|机位|相机|摄影机|摄像机|运镜/iu;
/** Somebody who looks at the camera or walks away from it: the sentence is about that person. */
const cameraAsGoal =
  /\b(?:at|to|towards?|into|from|facing|past) (?:the )?(?:camera|lens)\b|(?:对着?|看[向着]|望向|面[向对]|朝向?|走向|靠近|远离)镜头/giu;

interface Phrase {
  readonly pattern: RegExp;
  readonly meaning: CameraMeaning;
  readonly ambiguous: boolean;
}

/** Latin letters, digits and "_". Unicode's own classes would make each of these expressions ten times slower to compile. */
const letter = 'a-z0-9_\\u00c0-\\u024f';

const phrases: readonly Phrase[] = rows.flatMap(({ en, zh, ambiguous, ...meaning }) => {
  const moves = meaning.move !== undefined;
  const make = (source: string) => ({ pattern: new RegExp(source, 'giu'), meaning, ambiguous: ambiguous ?? false });
  return [
    ...en.map((phrase) => make(`(?<![${letter}@-])${english((moves ? englishLead : '') + phrase)}(?![${letter}])`)),
    ...zh.map((phrase) => make((moves ? chineseLead : '') + phrase)),
  ];
});

function english(phrase: string): string {
  return phrase.replace(/<(\w+)>/g, (_, verb: string) => verbs[verb]!).replaceAll(' ', '[\\s-]+');
}

/**
 * The camera instructions of a text in order: the longest phrase at each place, none overlapping, none inside quotation
 * marks. A word that also says what people do ("rises", 跟随) counts only where the sentence is about the camera.
 */
export function findCameraWords(text: string): readonly CameraWords[] {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const words = searchCameraWords(text);
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value!);
  remembered.set(text, words);
  return words;
}

/**
 * One look at a request asks for the same few texts again and again (for the camera, for who speaks, for what is left), and hundreds of
 * expressions are tried on each. The answer depends on the text alone.
 */
const remembered = new Map<string, readonly CameraWords[]>();
const mostRemembered = 64;

function searchCameraWords(text: string): CameraWords[] {
  const open = blankQuotes(text);
  const found: CameraWords[] = [];
  for (const { pattern, meaning, ambiguous } of phrases) {
    for (const match of open.matchAll(pattern)) {
      const words = match[0];
      if (ambiguous && !isAboutCamera(open, match.index, words)) continue;
      found.push({ from: match.index, to: match.index + words.length, text: words, ...meaning });
    }
  }
  found.sort((one, other) => other.to - other.from - (one.to - one.from) || one.from - other.from);
  const kept: CameraWords[] = [];
  for (const one of found) {
    const place = countWhile(kept, (other) => other.from < one.from);
    const isFree = (kept[place - 1]?.to ?? 0) <= one.from && one.to <= (kept[place]?.from ?? Number.POSITIVE_INFINITY);
    if (isFree) kept.splice(place, 0, one);
  }
  return kept;
}

/** No sentence about the camera is longer, and a hostile text must not make this slow. */
const farthestCharacters = 400;

/** True if the words name the camera, follow it in their clause, or carry on a sentence that spoke of it. */
function isAboutCamera(text: string, at: number, words: string): boolean {
  if (cameraNoun.test(words) || words.startsWith('画面')) return true;
  if (/^的/u.test(text.slice(at + words.length))) return false;
  const before = text
    .slice(Math.max(0, at - farthestCharacters), at)
    .replace(cameraAsGoal, (goal) => '-'.repeat(goal.length));
  const sentence = before.slice(lastEnd(before, /[.!?。！？\n]/gu));
  const clause = sentence.slice(lastEnd(sentence, /[,;:，；：、]|\b(?:and|then|while|as)\b/gu));
  if (cameraNoun.test(clause)) return true;
  return clause.trim() === '' && (cameraNoun.test(sentence) || sentence.trim() === '');
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}
