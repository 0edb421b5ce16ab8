import type { Gait } from '../plan.ts';

/** What a clause says that somebody does, as far as a still picture on a stage can do it. */
export interface Action {
  readonly gait: Gait;
  /** Crosses the frame, comes nearer, or goes away. */
  readonly path: 'none' | 'across' | 'nearer' | 'away';
  /** Comes into the frame or goes out of it, at this edge where one is named. */
  readonly enters: boolean;
  readonly leaves: boolean;
}

/** Nobody said that it does anything. */
export const standing: Action = { gait: 'stand', path: 'none', enters: false, leaves: false };

interface Row {
  readonly words: RegExp;
  readonly action: Partial<Action>;
}

/** Motions first: the first row that a clause contains gives the gait. */
const gaits: readonly Row[] = [
  {
    words:
      /\b(?:run|runs|running|ran|sprint\w*|chas\w+|rac(?:e|es|ing)|dash\w*|gallop\w*|marathon|hurr(?:y|ies|ying))\b|奔跑|跑步|跑过|跑向|跑来|追逐|冲向|冲过|马拉松|飞奔|跑/iu,
    action: { gait: 'run', path: 'across' },
  },
  {
    words: /\b(?:hop\w*|jump\w*|leap\w*|skip\w*|bounc\w+)\b|跳跃|跳过|跳起|跳到|蹦|跳(?!舞)/iu,
    action: { gait: 'hop', path: 'across' },
  },
  {
    words: /\b(?:danc(?:e|es|ing)|twirl\w*|spins?|spinning)\b|跳舞|起舞|舞蹈|转圈/iu,
    action: { gait: 'hop', path: 'none' },
  },
  {
    words:
      /\b(?:fl(?:y|ies|ying|ew)|float\w*|hover\w*|drift\w*|glid\w+|soar\w*)\b|飞行|飞过|飞来|飞在|漂浮|飘|悬浮|翱翔|滑翔/iu,
    action: { gait: 'float', path: 'across' },
  },
  {
    words:
      /\b(?:walk\w*|stroll\w*|wander\w*|strid\w+|march\w*|step\w*|mov(?:e|es|ing)|travel\w*|cross(?:es|ing)?|pass(?:es|ing)?|approach\w*|enter\w*|arriv\w+|com(?:e|es|ing)|go(?:es|ing)?|leave|leaving|leaves(?!\s+\w+ing\b)|exit\w*)\b|行走|走进|走来|走过|走向|走到|走远|走出|走在|漫步|散步|路过|穿过|经过|进入|入画|出画|来到|过来|过去|离开|前进|探路|走/iu,
    action: { gait: 'walk', path: 'across' },
  },
  {
    words:
      /\b(?:stand\w*|sit\w*|lean\w*|lie|lies|lying|kneel\w*|look\w*|gaz\w+|watch\w*|star(?:e|es|ing)|smil\w+|laugh\w*|turn\w*|wav(?:e|es|ing)|hold\w*|play\w*|strum\w*|eat\w*|drink\w*|sleep\w*|nod\w*|tilt\w*|stop\w*|wait\w*|rest\w*|say\w*|said|speak\w*|talk\w*|sing\w*|shout\w*|whisper\w*|ask\w*|answer\w*|repl\w+|read\w*|writ\w+|work\w*|think\w*|breath\w*|glow\w*|shin\w+|appear\w*|remain\w*|is|are|has|have|wears?|wearing)\b|站|坐|靠|躺|蹲|看|望|注视|凝视|微笑|笑|转头|转身|回头|挥手|拿|抱|握|捧|弹|演奏|唱|吃|喝|睡|点头|停|等|发呆|说|问|回答|喊|听|读|写|思考|露出|出现|睁眼|是|戴|穿/iu,
    action: { gait: 'stand', path: 'none' },
  },
];

const nearer =
  /\b(?:toward|towards|to)\s+(?:the\s+)?camera\b|\bapproach\w*\s+(?:the\s+)?camera\b|closer to us|走近镜头|走向镜头|朝镜头|面向镜头走/iu;
const away =
  /\baway from (?:the\s+)?camera\b|\binto the distance\b|\bwalks? away\b|\bwalking away\b|\brecedes?\b|\bdisappears? into\b|[走跑飞]远|远去|[走跑飞][向往](?:远|深处)|[向往朝]远[处方](?:[走跑飞]|离)|背对镜头走|深处走去/iu;
const enters =
  /\b(?:enter(?:s|ing)?\b|arriv\w+|comes? in\b|coming in\b|(?:walk|run|hurri|burst|step)(?:e?s|ing)? (?:into\b|in(?=\s*(?:$|[,.]|from\b|through\b)))|appears?)|进入|走进|[走跑]来|[走跑]过来|[走跑]进来|走上前|入画|登场|推门|闯入|出现/iu;
const fromEdge =
  /\bfrom (?:the )?(?:far )?(?:left|right|opposite sides|both sides|screen left|screen right)\b|从(?:画面)?(?:的)?(?:左|右|两)(?:侧|边|方|面)?/iu;
const leaves =
  /\b(?:leave|leaving|leaves(?!\s+\w+ing\b)|exit\w*|goes? out|walks? out|out of (?:the )?frame)\b|离开|出画|走出|退场/iu;

/** What a clause says, or undefined when it holds no verb that the stage knows. `clause` has mention signs in it. */
export function readAction(clause: string): Action | undefined {
  const row = gaits.find(({ words }) => words.test(clause));
  // Who only turns or looks towards the camera, or into the distance, goes nowhere.
  const stays = row?.action.gait === 'stand';
  const goesAway = away.test(clause) && !stays;
  const comesNearer = nearer.test(clause) && !stays;
  const goesIn = fromEdge.test(clause) || (enters.test(clause) && row?.action.gait !== 'stand');
  if (row === undefined && !goesAway && !comesNearer && !goesIn) return undefined;
  const gait = stays && goesIn ? 'walk' : (row?.action.gait ?? 'walk');
  const path = goesAway ? 'away' : comesNearer ? 'nearer' : (row?.action.path ?? 'none');
  return { gait, path: gait === 'stand' ? 'none' : path, enters: goesIn, leaves: leaves.test(clause) };
}

/** What may stand before the verb of a clause that carries on with the one who acted before. */
const beforeVerb =
  /^(?:\s|\b(?:and|then|but|also|still|now|slowly|suddenly|finally|gently|softly|quickly|happily|is|are|was|while|\p{L}+ly)\b|也|又|还|并且?|然后|随后|接着|再|正在?|继续|缓缓|慢慢|轻轻|突然|忽然|一边|[^，。\s\uFFFC]{1,4}地|把|将|在|从|向|往|朝)*/iu;

/** Whether a clause has no doer of its own: it starts with what is done. */
export function startsWithAction(clause: string): boolean {
  const rest = clause.replace(beforeVerb, '');
  if (rest === '') return false;
  if (/^[把将在从向往朝]/u.test(clause.trim())) return readAction(clause) !== undefined;
  const first = /^(?:\p{Script=Latin}[\p{Script=Latin}'’-]*(?:\s+by|\s+in|\s+out)?|[\p{Script=Han}]{1,3})/u.exec(
    rest,
  )?.[0];
  if (first === undefined) return false;
  if (/\p{Script=Han}/u.test(first))
    return readAction(first) !== undefined && !/^(?:镜头|画面|光|阳光|风|雨)/u.test(first);
  // "leaves blowing", "light shines": a noun in front of a verb is a doer of its own.
  return readAction(first) !== undefined && !/^leaves\s+\p{L}+ing\b/iu.test(rest);
}
