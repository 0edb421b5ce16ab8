/** Where the words put somebody. Absent parts are the stage's to decide. */
export interface Position {
  /** 0 to 1 across the frame. */
  readonly x?: number;
  /** Metres from the camera. */
  readonly depth?: number;
  /** The edge that it comes from. */
  readonly fromEdge?: 'left' | 'right' | 'opposite';
  readonly toEdge?: 'left' | 'right';
}

interface Row {
  readonly words: RegExp;
  readonly position: Position;
}

/** A way in or out is read before the bare word for the side, and then taken out: "from the left" is no place to stand. */
const rows: readonly Row[] = [
  {
    words: /\bfrom (?:the )?(?:far |screen |frame )?left\b|从(?:画面|屏幕)?(?:的)?(?:最)?左/iu,
    position: { fromEdge: 'left' },
  },
  {
    words: /\bfrom (?:the )?(?:far |screen |frame )?right\b|从(?:画面|屏幕)?(?:的)?(?:最)?右/iu,
    position: { fromEdge: 'right' },
  },
  {
    words: /\bfrom (?:opposite|both|either) (?:sides?|directions|ends)\b|从(?:画面)?(?:两侧|两边|左右|相反方向)/iu,
    position: { fromEdge: 'opposite' },
  },
  {
    words:
      /\b(?:towards?|(?:exits?|leaves?|goes out|walks? (?:out|off)|runs? (?:out|off))(?: (?:to|on|at|by))?) (?:the )?(?:screen |frame )?left\b|[向往朝](?:画面)?左(?:侧|边|方)?(?:走|跑|离|出|飞)/iu,
    position: { toEdge: 'left' },
  },
  {
    words:
      /\b(?:towards?|(?:exits?|leaves?|goes out|walks? (?:out|off)|runs? (?:out|off))(?: (?:to|on|at|by))?) (?:the )?(?:screen |frame )?right\b|[向往朝](?:画面)?右(?:侧|边|方)?(?:走|跑|离|出|飞)/iu,
    position: { toEdge: 'right' },
  },
  { words: /\b(?:far left|leftmost)\b|最左/iu, position: { x: 0.16 } },
  { words: /\b(?:far right|rightmost)\b|最右/iu, position: { x: 0.84 } },
  { words: /\bleft\b|左侧|左边|左方|左面|左前|左后|画面左/iu, position: { x: 0.28 } },
  {
    words: /\bright\b(?! now| away| before| after| behind| next)|右侧|右边|右方|右面|右前|右后|画面右/iu,
    position: { x: 0.72 },
  },
  { words: /\b(?:cent(?:er|re)|middle)\b|中央|正中|中间|居中/iu, position: { x: 0.5 } },
  { words: /\bforeground\b|前景/iu, position: { depth: 2.9 } },
  { words: /\b(?:background|in the distance|far away|far end)\b|背景|后景|远处|远方|深处/iu, position: { depth: 7.5 } },
];

/** "left of ￼", "￼的左边": a place beside somebody, which relations read. */
const besideSomebody =
  /\b(?:to |on )?(?:the )?(?:left|right)(?: side)? of\s+(?:the )?\uFFFC|\uFFFC(?:的)?(?:左|右)(?:手|侧|边|方|面)+/giu;
/** "her left hand", 左手: a part of a body. */
const bodySide =
  /\b(?:left|right) (?:hand|arm|shoulder|leg|foot|eye|side of (?:his|her|its|their))\b|[左右](?:手|臂|肩|脚|腿|眼)/giu;

/** The words of a role read as a place on the stage. */
export function readPosition(words: string): Position {
  let rest = words.replace(besideSomebody, ' ').replace(bodySide, ' ');
  let position: Position = {};
  for (const row of rows) {
    const match = row.words.exec(rest);
    if (match === null) continue;
    position = { ...row.position, ...position };
    rest = rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
  }
  return position;
}
