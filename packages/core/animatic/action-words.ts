import type { Gait } from './plan.ts';

/** What a clause says that somebody does, as far as a still picture on a stage can do it. */
export interface Action {
  readonly gait: Gait;
  /** Crosses the frame, comes nearer, or goes away. */
  readonly path: 'none' | 'across' | 'nearer' | 'away' | 'towards-other';
  /** Comes into the frame or goes out of it, at this edge where one is named. */
  readonly enters: boolean;
  readonly leaves: boolean;
}

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
    words: /\b(?:hop\w*|jump\w*|leap\w*|skip\w*|bounc\w+|danc\w+)\b|跳跃|跳过|跳起|蹦|跳舞|起舞|跳/iu,
    action: { gait: 'hop', path: 'across' },
  },
  {
    words:
      /\b(?:fl(?:y|ies|ying|ew)|float\w*|hover\w*|drift\w*|glid\w+|soar\w*)\b|飞行|飞过|飞来|飞在|漂浮|飘|悬浮|翱翔|滑翔/iu,
    action: { gait: 'float', path: 'across' },
  },
  {
    words:
      /\b(?:walk\w*|stroll\w*|wander\w*|strid\w+|march\w*|step\w*|mov(?:e|es|ing)|travel\w*|cross(?:es|ing)?|pass(?:es|ing)? by|approach\w*|enter\w*|arriv\w+|com(?:e|es|ing)|go(?:es|ing)?|leav(?:e|es|ing)|exit\w*)\b|行走|走进|走来|走过|走向|走到|走远|走出|走在|漫步|散步|路过|穿过|经过|进入|入画|出画|离开|前进|探路|走/iu,
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
  /\baway from (?:the\s+)?camera\b|\binto the distance\b|\bwalks? away\b|\bwalking away\b|\brecedes?\b|走远|远去|走向远方|走向远处|背对镜头走|深处走去/iu;
const enters =
  /\b(?:enter|enters|entering|arriv\w+|comes? in|coming in|walks? in(?:to)?|walking in(?:to)?|appears?)\b|进入|走进|走来|入画|登场|推门|闯入|出现/iu;
const fromEdge =
  /\bfrom (?:the )?(?:far )?(?:left|right|opposite sides|both sides|screen left|screen right)\b|从(?:画面)?(?:的)?(?:左|右|两)(?:侧|边|方|面)?/iu;
const leaves = /\b(?:leav(?:e|es|ing)|exit\w*|goes? out|walks? out|out of (?:the )?frame)\b|离开|出画|走出|退场/iu;
const other =
  /\b(?:toward|towards|up to|over to|to|approach\w*)\s*\uFFFC|(?:走向|跑向|冲向|走到|来到|靠近|飞向|朝着?)\uFFFC/iu;

/** What a clause says, or undefined when it holds no verb that the stage knows. `clause` has mention signs in it. */
export function readAction(clause: string): Action | undefined {
  const row = gaits.find(({ words }) => words.test(clause));
  const goesAway = away.test(clause);
  const comesNearer = nearer.test(clause);
  const goesIn = fromEdge.test(clause) || (enters.test(clause) && row?.action.gait !== 'stand');
  if (row === undefined && !goesAway && !comesNearer && !goesIn) return undefined;
  const gait =
    row?.action.gait === 'stand' && (goesAway || comesNearer || goesIn) ? 'walk' : (row?.action.gait ?? 'walk');
  const path = goesAway
    ? 'away'
    : comesNearer
      ? 'nearer'
      : other.test(clause)
        ? 'towards-other'
        : (row?.action.path ?? 'none');
  return { gait, path: gait === 'stand' ? 'none' : path, enters: goesIn, leaves: leaves.test(clause) };
}
