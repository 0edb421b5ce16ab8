/** How a line is said. */
export const speechVerbs = ['say', 'ask', 'answer', 'whisper', 'shout', 'think', 'sing'] as const;
export type SpeechVerb = (typeof speechVerbs)[number];

/** A verb of speech in a text. UTF-16 positions. */
export interface SpeechVerbFound {
  readonly from: number;
  readonly to: number;
  readonly verb: SpeechVerb;
}

const english: Readonly<Record<SpeechVerb, string>> = {
  say: 'says? (?:aloud|softly|out loud)|reads? aloud|say(?:s|ing)?|said|tell(?:s|ing)?|told|add(?:s|ed|ing)|remark(?:s|ed|ing)?|announc(?:e|es|ed|ing)|explain(?:s|ed|ing)?|declar(?:e|es|ed|ing)|continu(?:es|ed)|speaks?|spoke|laugh(?:s|ed|ing)?|smil(?:es|ed|ing)|sigh(?:s|ed|ing)?|greet(?:s|ed|ing)?|warn(?:s|ed|ing)?|admit(?:s|ted|ting)?|insist(?:s|ed|ing)?|narrat(?:es|ed|ing)',
  ask: 'ask(?:s|ed|ing)?|wonder(?:s|ed|ing)|inquir(?:e|es|ed|ing)',
  answer: 'answer(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|respond(?:s|ed|ing)?|retort(?:s|ed|ing)?',
  whisper: 'whisper(?:s|ed|ing)?|murmur(?:s|ed|ing)?|mutter(?:s|ed|ing)?|mumbl(?:e|es|ed|ing)',
  shout:
    'shout(?:s|ed|ing)?|yell(?:s|ed|ing)?|scream(?:s|ed|ing)?|exclaim(?:s|ed|ing)?|call(?:s|ed|ing)? out|cr(?:y|ies|ied|ying)(?: out)?|roar(?:s|ed|ing)?|cheer(?:s|ed|ing)?',
  think: 'think(?:s|ing)?|thought',
  sing: 'sing(?:s|ing)?|sang|hum(?:s|ming)?|chant(?:s|ed|ing)?',
};

const said = '(?:说道|说着|说|道|问道|问|答道|喊道|喊|讲)';
const chinese: Readonly<Record<SpeechVerb, string>> = {
  say: '(?<![小听据传比如话者]|[对就]\\S{1,8}来)(?:说道|说着|说出|说了|说)|讲道|讲着|讲|笑道|笑着道|叹道|感叹道?|开口道?|表示|自言自语道?|念道|念着|朗读|骂道|嘱咐道?|告诉',
  ask: '问道|询问道?|反问道?|追问道?|质问道?|(?<![访顾学疑])问',
  answer: '回答道?|答道|回应道?|回复道?|回道|应道|(?<![报应])答',
  whisper: `(?:小声|低声|悄声|轻声|悄悄)地?(?:对[^，。“"]{1,8}?)?${said}|低语道?|耳语道?|呢喃道?|喃喃(?:自语)?道?|嘀咕道?|嘟囔道?`,
  shout: `(?:大声|高声|放声)地?(?:对[^，。“"]{1,8}?)?${said}|喊道|[大高呼]喊道?|喊着|喊|叫道|[大尖]叫道?|叫喊道?|[大怒]?吼道?|惊呼道?|欢呼道?|喝道|嚷道`,
  think: '心想|想道|暗想|心里想|心说|(?<![理梦幻思])想着?',
  sing: '唱道|唱着|哼唱道?|哼着|唱起|(?<!演)唱',
};

// A longer verb is tried before a shorter one ("轻声说" before "说"), so the order of the alternatives matters.
const order: readonly SpeechVerb[] = ['whisper', 'shout', 'think', 'sing', 'answer', 'ask', 'say'];
const alternatives = order
  .flatMap((verb) => [
    `(?<${verb}En>(?<![\\p{L}\\p{N}'’@])(?:${english[verb]})(?![\\p{L}\\p{N}_]))`,
    `(?<${verb}Zh>${chinese[verb]})`,
  ])
  .join('|');
const anyVerb = new RegExp(alternatives, 'giu');

/** Every verb of speech in a text, in order, English and Chinese. */
export function findSpeechVerbs(text: string): SpeechVerbFound[] {
  return [...text.matchAll(anyVerb)].map((match) => {
    const groups = match.groups!;
    const verb = order.find((one) => groups[`${one}En`] !== undefined || groups[`${one}Zh`] !== undefined)!;
    return { from: match.index, to: match.index + match[0].length, verb };
  });
}
