import { findCameraWords } from './camera-words.ts';
import { countWhile } from './ordered.ts';
import type { Naming } from './subjects.ts';

/** Whoever a sentence is about: a reference, or only the words that name it. */
export interface Somebody {
  readonly reference: string | undefined;
  readonly name: string;
}

/** How far back a subject is looked for: nobody reads a pronoun farther, and a hostile text must not make this slow. */
const farthestClauses = 60;
const farthestCharacters = 600;

interface Clause {
  readonly from: number;
  readonly to: number;
}

const sentenceEnd = /(?<![.!?…])[.!?…]+(?=[\s\uFFFC]|$)|[。！？\n]/gu;
const clauseEnd =
  /[,，;；、:：—]|\b(?:and|then|while|as|when|but|before|after|until|because)\b|(?:然后|随后|接着|同时|并且|并|一边)/giu;
const anyEnd = new RegExp(`${sentenceEnd.source}|${clauseEnd.source}`, 'giu');
/** What may stand before a clause's subject. */
const clauseStart =
  /^(?:\s|["“”'’)\]]|\b(?:and|then|while|as|when|but|so|suddenly|finally|meanwhile|now|later|there|here|the|a|an|\p{L}+ly)\b|然后|随后|接着|同时|并且|并|但是?|而|突然|忽然|这时候?|此时|最后|于是|只见|旁边的?|当|等|\d+\s*[.．、])*/iu;
/** Words between a subject and its verb that do not change who acts. */
const betweenSubjectAndVerb =
  /^(?:\s|['’]s (?:voice|mouth|face)|\b(?:then|also|just|simply|now|suddenly|finally|softly|is|was|can be heard|quietly|\p{L}+ly)\b|[^，,。；;：:\s\uFFFC地]{1,8}地|[大小轻低高悄]声|也|又|则|便|就|才|再|马上|立刻|突然|忽然|接着|随后|然后|缓缓|慢慢|微笑|笑着?|哭着?|开心|温柔|开口|继续|转头|回头|抬头|点头|摇头|着)*$/iu;
/** Words that make what follows the goal of an action, not its doer. */
const beforeObject =
  /(?:\b(?:to|at|towards?|with|near|beside|behind|past|from|by|against|around|into|onto|in|on|for|like|under|over|sees?|meets?|hugs?|holds?|holding|carrying|wearing)(?: (?:the|a|an))?\s*|[朝对向给跟和与把被看见到在用抱着将为让至])$/iu;
const determinedNoun = /^(?:the|an?|another|one|this|that|his|her|their|my)\s+/iu;
const notInNoun =
  /^(?:in|on|at|with|of|by|near|from|to|who|that|which|and|is|are|was|has|looks?|turns?|walks?|stands?|sits?|then)$|(?:(?<!s)s|ed|ing|ly)$/iu;
const cameraWord = /^(?:the |a )?(?:camera|shot|lens|scene|video|frame|镜头|画面|场景|机位)/iu;
const chinesePerson =
  /^[\p{Script=Han}]{0,4}?(?:机器人|[女男公店]主|主持人|少年|青年|老人|[男女孩妻王儿]子|[男女]孩|[女男学先医]生|[店官员队职演]员|老[师板]|[队船校]长|歌手|选手|司机|警察|士兵|小贩|皇后|[作画]家|妈妈|爸爸|爷爷|奶奶|姐姐|妹妹|哥哥|弟弟|母亲|父亲|[猫狗兔熊龙]|女人|男人|人)+/u;

/** The clauses of a text up to `to`, cut where sentences end and where clauses do. */
function clausesOf(text: string, from: number, to: number): Clause[] {
  const clauses: Clause[] = [];
  let start = from;
  for (const match of text.slice(from, to).matchAll(anyEnd)) {
    clauses.push({ from: start, to: from + match.index });
    start = from + match.index + match[0].length;
  }
  clauses.push({ from: start, to });
  return clauses;
}

/**
 * Finds who does something in a text. `text` has its quotes blanked, `namings` are those outside of quotes, `quoteEnds` say
 * where quotes were. All of them stand in order, without overlaps. Positions are UTF-16 units.
 */
export function speakerFinder(text: string, namings: readonly Naming[], quoteEnds: readonly number[]) {
  const named = namings.filter(({ pronoun }) => !pronoun);
  const within = (from: number, to: number) =>
    namings
      .slice(
        countWhile(namings, (one) => one.from < from),
        countWhile(namings, (one) => one.from < to),
      )
      .filter((one) => one.to <= to);
  const camera = findCameraWords(text);
  const sentenceEnds = [...text.matchAll(sentenceEnd)].map((match) => match.index + match[0].length);
  const everyClause = clausesOf(text, 0, text.length);

  /** Where the sentence that holds `at` starts. A quote ends whatever was said before it. */
  function sentenceStart(at: number): number {
    const lastOf = (ends: readonly number[]) => ends[countWhile(ends, (end) => end <= at) - 1] ?? 0;
    return Math.max(lastOf(quoteEnds), lastOf(sentenceEnds), at - farthestCharacters);
  }

  function atStartOf(clause: Clause): Naming | undefined {
    const lead = clauseStart.exec(text.slice(clause.from, clause.to))![0].length;
    return within(clause.from, clause.to).find((one) => one.from <= clause.from + lead);
  }

  function wordsAtStartOf(clause: Clause): Somebody | undefined {
    const words = text.slice(clause.from, clause.to).replace(/^[\s"”'’\d.．、]+/, '');
    const start = clause.to - words.length;
    const nearest = camera[countWhile(camera, ({ from }) => from <= start) - 1];
    if (cameraWord.test(words) || (nearest !== undefined && nearest.to > start)) return undefined;
    const chinese = chinesePerson.exec(words);
    if (chinese !== null) return { reference: undefined, name: chinese[0] };
    const name = nounAtStart(words);
    return name === undefined ? undefined : { reference: undefined, name };
  }

  /** Whom "she" at this place means: the subject of the last clause that has one, or whom the camera was just showing. */
  function before(at: number): Somebody | undefined {
    const last = countWhile(everyClause, ({ from }) => from <= at) - 1;
    const clauses = [
      ...everyClause.slice(Math.max(0, last - farthestClauses), last),
      { from: everyClause[last]!.from, to: at },
    ];
    for (const clause of clauses.toReversed()) {
      const subject = atStartOf(clause);
      if (subject !== undefined && !subject.pronoun) return somebody(subject);
      if (subject !== undefined) continue;
      const shown = within(clause.from, clause.to).findLast((one) => !one.pronoun);
      const directing = camera[countWhile(camera, ({ from }) => from < clause.from)];
      if (shown !== undefined && directing !== undefined && directing.to <= clause.to) return somebody(shown);
      const words = wordsAtStartOf(clause);
      if (words !== undefined) return words;
    }
    const nearest = named[countWhile(named, (one) => one.to <= at) - 1];
    return nearest === undefined ? undefined : somebody(nearest);
  }

  function resolve(naming: Naming): Somebody {
    return naming.pronoun ? (before(naming.from) ?? somebody(naming)) : somebody(naming);
  }

  /** The subject of the verb that starts at `at`. */
  function of(at: number): Somebody | undefined {
    const start = sentenceStart(at);
    const nearest = within(start, at).at(-1);
    if (nearest !== undefined && betweenSubjectAndVerb.test(text.slice(nearest.to, at))) {
      if (!beforeObject.test(text.slice(start, nearest.from))) return resolve(nearest);
    }
    const clauses = clausesOf(text, start, at);
    for (const clause of clauses.toReversed()) {
      const subject = atStartOf(clause);
      if (subject !== undefined) return resolve(subject);
      if (/^\s*(?:who|whom|which)\b/iu.test(text.slice(clause.from, clause.to))) {
        const meant = within(start, clause.from).at(-1);
        if (meant !== undefined) return resolve(meant);
      }
      const words = wordsAtStartOf(clause);
      if (words !== undefined) return words;
    }
    const here = within(start, at);
    const doer = here.find((one) => !beforeObject.test(text.slice(start, one.from)));
    if (doer !== undefined) return resolve(doer);
    if (here.length > 0) return resolve(here.at(-1)!);
    return before(start);
  }

  /** Who is named directly after a verb that ends at `at`: `says the old man`. */
  function after(at: number, limit: number): Somebody | undefined {
    const rest = text.slice(at, limit);
    const lead = /^(?:\s|\b(?:the|a|an|\p{L}+ly)\b)*/iu.exec(rest)![0].length;
    const naming = within(at, limit).find((one) => one.from <= at + lead);
    if (naming !== undefined) return resolve(naming);
    const name = nounAtStart(rest.trimStart());
    return name === undefined ? undefined : { reference: undefined, name };
  }

  return { of, before, after, resolve };
}

/** "The old man" of "The old man in red turns", "Mei" of "Mei smiles"; undefined where no noun stands first. */
function nounAtStart(text: string): string | undefined {
  const determiner = determinedNoun.exec(text)?.[0];
  if (determiner === undefined) {
    const name = /^\p{Lu}[\p{L}\p{M}'’-]*(?: \p{Lu}[\p{L}\p{M}'’-]*)*/u.exec(text)?.[0];
    return name !== undefined && !notInNoun.test(name) && /^\s+\p{Ll}|^\s*$/u.test(text.slice(name.length))
      ? name
      : undefined;
  }
  const words = text.slice(determiner.length).split(/(?=[^\p{L}\p{M}'’-])/u);
  const kept: string[] = [];
  for (const word of words) {
    if (!/^ ?\p{L}[\p{L}\p{M}'’-]*$/u.test(word)) break;
    if (kept.length > 0 && notInNoun.test(word.trim())) break;
    kept.push(word);
    if (kept.length === 4) break;
  }
  return kept.length === 0 ? undefined : (determiner + kept.join('')).trim();
}

function somebody({ reference, name }: Naming): Somebody {
  return { reference, name };
}
