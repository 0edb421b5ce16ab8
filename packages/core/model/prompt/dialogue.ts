import type { Reference, ReferenceId } from '../reference.ts';
import { cutPrompt, type FlatPrompt, flattenPrompt } from './flat.ts';
import { countWhile } from './ordered.ts';
import { type Prompt, plainPrompt } from './prompt.ts';
import { blankOut, findQuotes, type Quote } from './quotes.ts';
import { type Somebody, speakerFinder } from './speaker.ts';
import { findSpeechVerbs, type SpeechVerb, type SpeechVerbFound } from './speech-verbs.ts';
import { findNamings, type Naming } from './subjects.ts';

/** Something that a prompt has somebody say. */
export interface SpokenLine {
  /** Id of the reference that speaks; undefined for a narrator or for somebody whom no reference shows. */
  readonly speaker: ReferenceId | undefined;
  /** What the prompt calls the speaker; empty where it does not say. */
  readonly speakerName: string;
  /** The words alone, mentions as names. */
  readonly text: string;
  /** Where the words stand in `flattenPrompt(prompt).text`, without their quotation marks. UTF-16 positions. */
  readonly from: number;
  readonly to: number;
  readonly verb: SpeechVerb;
}

interface Reading {
  readonly flat: FlatPrompt;
  /** The flat text with the quotes blanked out. */
  readonly open: string;
  readonly quotes: readonly Quote[];
  readonly namings: readonly Naming[];
  readonly verbs: readonly SpeechVerbFound[];
  readonly who: ReturnType<typeof speakerFinder>;
}

interface Said {
  readonly somebody: Somebody | undefined;
  readonly from: number;
  readonly to: number;
  readonly verb: SpeechVerb;
}

/** Characters between a verb and its words, and before a verb, that are looked at. */
const farthestVerb = 100;
const farthestWriting = 120;

/** Things that bear words without saying them. */
const writing =
  'sign|signs|poster|banner|billboard|label|screen|note|letter|book|cover|text|caption|subtitles?|title|placard|t-?shirt|shirt|board|display|neon|card|logo|word|words|phrase|name|slogan|headline|menu|plate|sticker|graffiti|message';
const writingNoun = new RegExp(`\\b(?:${writing})\\b`, 'iu');
const writingSpeaks = new RegExp(
  `\\b(?:${writing})\\s+(?:(?:that|which)\\s+)?(?:\\p{L}+ly\\s+|just\\s+)?$|\\b(?:${writing})\\b[^,\\uFFFC]*\\b(?:that|which)\\s+$|(?:写着|写有|印着|标着|刻着|显示着?|字样|招牌|牌子|横幅|海报|屏幕|字幕|标语|纸条|路牌|门牌)[上着里]*(?:面|边)?$`,
  'iu',
);
/** Headings that end in a colon like a speaker's name. */
const heading =
  /\b(?:title|text|sign|caption|style|shot|scene|camera|lighting|light|music|sound|audio|sfx|mood|logo|subtitles?|notes?|prompt|setting|location|place|time|action|int|ext|cut|cut to|fade|fade in|fade out|close|close-up|wide|medium|angle|negative|dialogue|quality|characters?|background|foreground|props|wardrobe|genre|tone|format|duration|storyboard|pov|insert|montage|example|warning|tagline|slogan)\b|标题|文字|字幕|招牌|风格|氛围|场景|角色|镜头|分镜|光线|灯光|音乐|音效|背景|环境|动作|时间|地点|画面|质感|色调|主体|特写|[全中近远]景|台词|对白|要求|注意|内容|景别|运镜|构图/iu;
const narrator = /(?:旁白|画外音|解说词?|narrator|narration|voice-?over|v\.?o\.?)/iu;

/**
 * What is said in a prompt, by whom and how, in order: `视频1…说道：“…”`, `@mei says: "..."`, `"...," says @mei.`, `@mei: "..."`,
 * `MEI: ...`, and words after `说：` or `says:` that nobody put in quotation marks. Quotes that are only read or written (a sign
 * that reads "OPEN", 写着“营业中”) are no dialogue.
 */
export function readDialogue(prompt: Prompt, references: readonly Reference[]): SpokenLine[] {
  const reading = read(flattenPrompt(prompt), references);
  const said: Said[] = [];
  for (const [index, quote] of reading.quotes.entries()) {
    const found =
      saidBefore(reading, index) ??
      saidAfter(reading, index) ??
      namedBefore(reading, quote) ??
      standsAlone(reading, index, said);
    if (found !== undefined) said.push({ ...found, from: quote.from, to: quote.to });
  }
  for (const line of [...unquoted(reading), ...screenplay(reading)]) {
    if (said.every((other) => line.to <= other.from || line.from >= other.to)) said.push(line);
  }
  return said
    .toSorted((one, other) => one.from - other.from)
    .map(({ somebody, from, to, verb }) => ({
      speaker: somebody?.reference,
      speakerName: somebody?.name ?? '',
      text: plainPrompt(cutPrompt(reading.flat, from, to), references).trim(),
      from,
      to,
      verb,
    }));
}

function read(flat: FlatPrompt, references: readonly Reference[]): Reading {
  const quotes = findQuotes(flat.text);
  const open = blankOut(flat.text, quotes);
  const namings = findNamings({ text: open, mentions: flat.mentions }, references).filter((naming) => {
    const next = quotes[countWhile(quotes, ({ end }) => end <= naming.from)];
    return next === undefined || naming.to <= next.start;
  });
  const who = speakerFinder(
    open,
    namings,
    quotes.map(({ end }) => end),
  );
  return { flat, open, quotes, namings, verbs: findSpeechVerbs(open), who };
}

/** A sentence, and what leads to a quote, are read this far. */
const longestSentence = 3000;
const farthestLead = 400;

type Attribution = Pick<Said, 'somebody' | 'verb'>;

/** `图1说：“…”`, `she whispers "…"`, and the second half of `"…," says @mei, "…"`. */
function saidBefore({ open, quotes, verbs, who }: Reading, index: number): Attribution | undefined {
  const quote = quotes[index]!;
  const leadStart = quotes[index - 1]?.end ?? 0;
  for (let at = countWhile(verbs, (one) => one.to <= quote.start) - 1; at >= 0; at -= 1) {
    const { from, to, verb } = verbs[at]!;
    if (from < leadStart || quote.start - to > farthestVerb) return undefined;
    const gap = open.slice(to, quote.start);
    // `Tom (whispering): "…"` is for `namedBefore`.
    if (!leadsTo(gap) || /^\s*[)）]\s*[:：]/u.test(gap)) continue;
    const before = open.slice(Math.max(leadStart, from - farthestWriting), from);
    if (writingSpeaks.test(before) || isWritingSaying(before, open.slice(from, to))) return undefined;
    const verbFirst = index > 0 && open.slice(leadStart, from).trim() === '';
    const somebody = (verbFirst ? who.after(to, quote.start) : undefined) ?? who.of(from);
    return { somebody, verb };
  }
  return undefined;
}

/** Whether the words between a verb of speech and a quote (or a colon) let the verb govern it. */
function leadsTo(gap: string): boolean {
  const words = gap.trim();
  const marked = /[:：,，]$/u.test(words);
  const inner = marked ? words.slice(0, -1).trimEnd() : words;
  if (/[.!?。！？\n;；:：]/u.test(inner) || writingNoun.test(inner) || /写着|字样/u.test(inner)) return false;
  if (inner === '') return true;
  if (/\p{Script=Han}/u.test(inner)) {
    return (
      /^(?:着|了|过|一声|一句话?|句|起来|出来|出|道|地|给\S{1,6}听)+$/u.test(inner) ||
      (/[:：]$/u.test(words) && inner.length <= 15)
    );
  }
  return marked ? inner.length <= 60 : inner.split(/\s+/).length <= 4;
}

/** "a sign above the door saying": the sign says it, unless somebody was named after it. */
function isWritingSaying(before: string, verb: string): boolean {
  if (!/^saying$/iu.test(verb)) return false;
  const clause = before.slice(before.lastIndexOf(',') + 1);
  return writingNoun.test(clause.slice(clause.lastIndexOf('\uFFFC') + 1));
}

/** `"…," says @mei.`, `"…," she whispers.`, `“…”图1轻声说。` */
function saidAfter({ flat, open, quotes, namings, verbs, who }: Reading, index: number): Attribution | undefined {
  const quote = quotes[index]!;
  const next = quotes[index + 1]?.start;
  const limit = Math.min(next ?? open.length, endOfSentence(open, quote.end));
  const found = verbs[countWhile(verbs, ({ from }) => from < quote.end)];
  if (found === undefined || found.from >= limit) return undefined;
  const between = open.slice(quote.end, found.from);
  const gap = open.slice(found.to, next ?? found.to);
  const chinese = /\p{Script=Han}/u.test(open.slice(found.from, found.to));
  if (/^[\s,，]*$/u.test(between)) {
    if (chinese) return undefined;
    return { somebody: who.after(found.to, limit) ?? who.of(quote.start), verb: found.verb };
  }
  const subject = namings[countWhile(namings, (one) => one.from < quote.end)];
  const starts =
    subject !== undefined &&
    subject.from < found.from &&
    /^[\s,，]*(?:the )?$/iu.test(open.slice(quote.end, subject.from));
  // The verb belongs to the next quote where it leads to it and this one has ended its sentence.
  const last = flat.text.slice(quote.from, quote.to).trimEnd().at(-1) ?? '';
  if (next !== undefined && limit === next && leadsTo(gap) && (/[:：]\s*$/u.test(gap) || !/[,!?，！？…—-]/u.test(last)))
    return undefined;
  if (chinese && !/^(?:着|了|道)?\s*(?:[。，！；,.]|$)/u.test(open.slice(found.to))) return undefined;
  if (starts && between.length <= 40) return { somebody: who.resolve(subject), verb: found.verb };
  const words = who.after(quote.end, found.from);
  if (words === undefined || between.trim().length - words.name.length > 15) return undefined;
  return { somebody: words, verb: found.verb };
}

function endOfSentence(text: string, from: number): number {
  const near = text.slice(from, from + longestSentence);
  const end = /[.!?](?=\s|$)|[。！？\n]/u.exec(near);
  return from + (end === null ? near.length : end.index + 1);
}

/** The words before a place, as far back as anybody reads: a hostile text must not make this slow. */
function lead(text: string, to: number): string {
  return text.slice(Math.max(0, to - farthestLead), to);
}

/** `@mei: "…"`, `MEI (whispering): "…"`, `小美：“…”` */
function namedBefore({ open, namings, quotes, who }: Reading, quote: Quote): Attribution | undefined {
  const colon = /(?:[(（]([^()（）]*)[)）])?\s*[:：]\s*$/u.exec(lead(open, quote.start));
  if (colon === null) return undefined;
  const manner = verbOfManner(colon[1]);
  const end = quote.start - colon[0].length - trailingSpace(lead(open, quote.start - colon[0].length));
  const naming = namings[countWhile(namings, (one) => one.to < end)];
  // A name may follow right on what somebody else said.
  const said = quotes[countWhile(quotes, (one) => one.end <= end) - 1]?.end ?? 0;
  if (naming?.to === end) {
    const starts = /(?:^|[.!?。！？\n,，;；]|\s-)\s*$/u.test(lead(open, naming.from));
    if (!starts && open.slice(said, naming.from).trim() !== '') return undefined;
    return { somebody: who.resolve(naming), verb: manner };
  }
  const words = open.slice(Math.max(said, end - farthestLead), end);
  const name =
    /(?:^(?:[,;/–—-]|\s)*(?:(?:and|then)\s+)?|[.!?\n]\s*)(\p{Lu}[\p{L}'’-]*(?: \p{Lu}?[\p{L}'’-]+){0,2})$/u.exec(
      words,
    )?.[1] ?? /(?:^|[。！？\n，\s])([\p{Script=Han}]{1,6})$/u.exec(words)?.[1];
  if (name === undefined || (heading.test(name) && !narrator.test(name)) || findSpeechVerbs(name).length > 0)
    return undefined;
  return { somebody: { reference: undefined, name }, verb: manner };
}

/** A whole sentence in quotation marks after somebody was named: `Close-up of @mei. "I love you."` */
function standsAlone(
  { flat, open, quotes, namings, who }: Reading,
  index: number,
  said: readonly Said[],
): Attribution | undefined {
  const quote = quotes[index]!;
  const words = flat.text.slice(quote.from, quote.to).trim();
  if (!/[.!?。！？…]$/u.test(words) || !/\s|\p{Script=Han}{2}/u.test(words)) return undefined;
  const before = lead(open, quote.start);
  const previous = quotes[index - 1];
  const follows = previous !== undefined && open.slice(previous.end, quote.start).trim() === '';
  if (follows ? said.at(-1)?.to !== previous.to : !/[.!?。！？\n]\s*$/u.test(before)) return undefined;
  if (!/^\s*(?:$|\n|[\p{Lu}\p{Script=Han}\uFFFC"“「『'‘])/u.test(flat.text.slice(quote.end))) return undefined;
  const sentence =
    before
      .trimEnd()
      .split(/[.!?。！？\n](?=[^.!?。！？\n]*[.!?。！？\n]?$)/u)
      .at(-2) ?? before;
  if (writingNoun.test(sentence) || /写着|招牌|字幕|海报|标语/u.test(sentence)) return undefined;
  if (!namings.some((one) => one.to <= quote.start)) return undefined;
  return { somebody: who.before(quote.start), verb: 'say' };
}

/** `图1说：你好。` and `She says: Look out!` without quotation marks: the words up to the end of the sentence. */
function unquoted({ flat, open, quotes, verbs, who }: Reading): Said[] {
  const lines: Said[] = [];
  for (const { from, to, verb } of verbs) {
    const colon = /^[^.!?。！？\n:：,，]{0,15}[:：]\s*(?=\S)/u.exec(flat.text.slice(to));
    if (colon === null || !leadsTo(colon[0])) continue;
    const before = open.slice(Math.max(0, from - farthestWriting), from);
    if (writingSpeaks.test(before) || isWritingSaying(before, open.slice(from, to))) continue;
    const start = to + colon[0].length;
    if (beginsAt(quotes, start)) continue;
    const end = endOfSentence(open, start);
    lines.push({ somebody: who.of(from), from: start, to: trimmedEnd(open, start, end), verb });
  }
  return lines;
}

/**
 * Lines of a screenplay: `MEI: Look!`, `MEI (whispering): Look!`, `旁白：…`. A mention that is followed by a colon opens a line only
 * where the words end in "!" or "?": `@mei: a girl in red` describes her.
 */
function screenplay({ flat, open, quotes, namings, who }: Reading): Said[] {
  const lines: Said[] = [];
  for (const { name, at, manner, from, to } of rowsOf(open)) {
    if (beginsAt(quotes, from)) continue;
    const there = namings[countWhile(namings, (one) => one.from < at)];
    const naming = there?.from === at && there.to === at + name.length && !there.pronoun ? there : undefined;
    const capitals = /^\p{Lu}[\p{Lu}\p{N} .'’-]*[\p{Lu}\p{N}]$/u.test(name) && !/\d/.test(name);
    const narrated = new RegExp(`^${narrator.source}$`, 'iu').test(name);
    if (
      naming !== undefined
        ? !capitals && !/[!?！？]$/u.test(flat.text.slice(from, to))
        : !narrated && (!capitals || heading.test(name))
    )
      continue;
    const somebody = naming === undefined ? { reference: undefined, name } : who.resolve(naming);
    lines.push({ somebody, from, to, verb: verbOfManner(manner) });
  }
  return lines;
}

function beginsAt(quotes: readonly Quote[], place: number): boolean {
  return quotes[countWhile(quotes, ({ start }) => start < place)]?.start === place;
}

interface Row {
  readonly name: string;
  readonly at: number;
  readonly manner: string | undefined;
  /** Where the words stand. */
  readonly from: number;
  readonly to: number;
}

/** Lines that begin with somebody's name and a colon. Read by hand: one expression for it goes wrong on long runs of blanks. */
function rowsOf(open: string): Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const line of open.split('\n')) {
    const lineStart = start;
    start += line.length + 1;
    const colon = line.search(/[:：]/u);
    if (colon === -1) continue;
    const head = /^(.*?)(?:[(（]([^()（）]*)[)）])?$/u.exec(line.slice(0, colon).trim().slice(0, 120));
    const name = head?.[1]?.trim() ?? '';
    const words = line.slice(colon + 1).trimStart();
    if (name === '' || name.length > 40 || /[()（）]/u.test(name) || words === '') continue;
    const from = lineStart + line.length - words.length;
    const at = lineStart + line.indexOf(name);
    rows.push({ name, at, manner: head?.[2], from, to: trimmedEnd(open, from, from + words.length) });
  }
  return rows;
}

function trailingSpace(text: string): number {
  return text.length - text.trimEnd().length;
}

function trimmedEnd(text: string, from: number, to: number): number {
  return from + text.slice(from, to).trimEnd().length;
}

/** "(whispering)", （小声）. */
function verbOfManner(manner: string | undefined): SpeechVerb {
  if (manner === undefined) return 'say';
  if (/小声|低声|轻声|悄声/u.test(manner)) return 'whisper';
  if (/大声|高声/u.test(manner)) return 'shout';
  return findSpeechVerbs(manner)[0]?.verb ?? 'say';
}
