import { plainPrompt, type Request } from '../../model/index.ts';
import type { NotUnderstood } from '../plan.ts';
import { namesWeather } from './mood.ts';

/** What a negative prompt keeps out of the film. */
export interface Excluded {
  /** The whole of its words, for rules that look for one of their own. */
  readonly words: string;
  /** No subtitles and captions. */
  readonly text: boolean;
  /** No figures for those whom only the words name. */
  readonly people: boolean;
  /** Ids of the references that it names. */
  readonly references: ReadonlySet<string>;
  /** Terms that a still picture on a stage cannot avoid. */
  readonly ignored: readonly NotUnderstood[];
}

const textTerms = /\b(?:texts?|subtitles?|captions?|letters|words|lettering)\b|文字|字幕|字样/iu;
const peopleTerms = /^(?:people|persons?|humans?|crowds?|extras|行人|路人|人物?|人群)$/iu;
/** "no", "without", 不要: a negative prompt is negative already. */
const negation = /^(?:no|not|without|avoid|any|the|a|an|不要出现|不要有?|不出现|没有|避免|无)\s*/iu;
/** Prompts themselves ask for a picture without letters, as Wan's examples do. */
const noText =
  /\b(?:no|without)(?: any)?(?: on-?screen)? (?:text|subtitles?|captions?|lettering)\b|(?:不要|不|勿|无)(?:再|要)?(?:加入|出现|有|带|添加|显示)?(?:任何)?(?:文字|字幕)/iu;

/** Reads a negative prompt: it removes what it names, and what it cannot remove is listed. */
export function readExcluded(request: Request): Excluded {
  const words = request.negativePrompt ?? '';
  const terms = words
    .split(/[,;，；、。\n]+|\.(?:\s|$)/u)
    .map((term) => term.trim())
    .filter(Boolean);
  const references = new Set<string>();
  const ignored: NotUnderstood[] = [];
  let text = request.shots.some(({ prompt }) => noText.test(plainPrompt(prompt, request.references)));
  let people = false;
  for (const term of terms) {
    const bare = bareTerm(term);
    const named = request.references.filter(({ name }) => bare.toLowerCase() === name.toLowerCase());
    for (const { id } of named) references.add(id);
    if (textTerms.test(bare)) text = true;
    else if (peopleTerms.test(bare)) people = true;
    else if (named.length === 0 && !namesWeather(bare)) ignored.push({ shot: 0, text: term, why: 'negative-prompt' });
  }
  return { words, text, people, references, ignored };
}

function bareTerm(term: string): string {
  let bare = term;
  while (negation.test(bare)) bare = bare.replace(negation, '');
  return bare.replace(/^[@＠]/u, '').trim();
}
