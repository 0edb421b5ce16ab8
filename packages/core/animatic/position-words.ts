/** Where the words put somebody. Absent parts are the stage's to decide. */
export interface Position {
  /** 0 to 1 across the frame. */
  readonly x?: number;
  /** Metres from the camera. */
  readonly depth?: number;
  /** The edge that it comes from. */
  readonly fromEdge?: 'left' | 'right' | 'opposite';
  readonly toEdge?: 'left' | 'right';
  /** Stands between others, or behind or beside the next one that the clause names. */
  readonly relation?: 'between' | 'behind' | 'beside' | 'in-front';
}

const table: readonly { words: RegExp; position: Position }[] = [
  { words: /\bfrom (?:the )?(?:far |screen )?left\b|从(?:画面)?(?:的)?左/iu, position: { fromEdge: 'left' } },
  { words: /\bfrom (?:the )?(?:far |screen )?right\b|从(?:画面)?(?:的)?右/iu, position: { fromEdge: 'right' } },
  { words: /\bfrom (?:opposite|both) sides\b|从(?:画面)?(?:两侧|两边|左右)/iu, position: { fromEdge: 'opposite' } },
  {
    words:
      /\b(?:to|towards?|exits?|leaves?) (?:the )?(?:screen )?left\b|(?:向|往)(?:画面)?左(?:侧|边|方)?(?:走|跑|离|出)/iu,
    position: { toEdge: 'left' },
  },
  {
    words:
      /\b(?:to|towards?|exits?|leaves?) (?:the )?(?:screen )?right\b|(?:向|往)(?:画面)?右(?:侧|边|方)?(?:走|跑|离|出)/iu,
    position: { toEdge: 'right' },
  },
  { words: /\b(?:far left|leftmost)\b|最左/iu, position: { x: 0.16 } },
  { words: /\b(?:far right|rightmost)\b|最右/iu, position: { x: 0.84 } },
  { words: /\bleft\b|左侧|左边|左方|左面|画面左/iu, position: { x: 0.28 } },
  { words: /\bright\b(?! now| away| before| after)|右侧|右边|右方|右面|画面右/iu, position: { x: 0.72 } },
  { words: /\b(?:in the )?(?:cent(?:er|re)|middle)\b|中央|正中|中间|居中/iu, position: { x: 0.5 } },
  { words: /\bforeground\b|前景/iu, position: { depth: 2.9 } },
  { words: /\b(?:background|in the distance|far away|far end)\b|背景|后景|远处|远方|深处/iu, position: { depth: 7.5 } },
  { words: /\bbetween\b|之间/iu, position: { relation: 'between' } },
  { words: /\bbehind\b|身后|后面|背后/iu, position: { relation: 'behind' } },
  {
    words: /\b(?:beside|next to|alongside|by the side of|near)\b|旁边|身边|身旁|一旁/iu,
    position: { relation: 'beside' },
  },
  { words: /\bin front of\b|身前|前面|面前/iu, position: { relation: 'in-front' } },
];

/** "from the left" is a way in and not a place; so each edge phrase is read before the bare word and taken out. */
export function readPosition(clause: string): Position {
  let rest = clause;
  let position: Position = {};
  for (const row of table) {
    const match = row.words.exec(rest);
    if (match === null) continue;
    position = { ...row.position, ...position };
    rest = rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
  }
  return position;
}
