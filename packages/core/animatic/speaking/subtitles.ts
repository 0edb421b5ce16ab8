import { type Facts, languageOf } from '../../model/index.ts';
import { textSizes } from '../lettering/text-sizes.ts';
import { breakLines, textWidth } from '../lettering/text-width.ts';
import type { PlannedLine, Subtitle } from '../plan.ts';
import type { Planning } from '../planning.ts';

interface Part {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Ends of sentences and of clauses: where a subtitle may give way to the next. */
const breaks = /[.!?。！？…]+["”’」』]?\s*|[,;:，；：、—]+\s*/gu;

/**
 * Subtitles for the lines, timed by the spoken words: a part of a line stands from its first word to its last. Who speaks is named
 * where more than one does.
 */
export function makeSubtitles(lines: readonly PlannedLine[], { facts, film: frame, materials }: Planning): Subtitle[] {
  const { subtitle: pixels } = textSizes(frame.width, frame.height);
  const mostWidth = Math.round(frame.width * 0.88);
  const mostEms = (mostWidth / pixels) * 0.94;
  const speakers = new Set(lines.map(({ speakerName }) => speakerName));
  return lines.flatMap((line) => {
    const named = speakers.size > 1 && line.speakerName !== '';
    const colon = languageOf(line.text) === 'zh' ? '：' : ': ';
    const name = named ? `${capital(line.speakerName)}${colon}` : '';
    // Two lines of text at the most are read without losing the picture.
    const parts = partsOf(line.text, mostEms * 1.7 - textWidth(name));
    return parts.flatMap((part, index) => {
      const start = line.start + timeAt(line, facts, part.from);
      if (start >= frame.seconds) return [];
      const text = `${index === 0 ? name : ''}${part.text}`;
      const sprite = materials.sprite({
        make: 'text',
        lines: breakLines(text, mostEms),
        pixels,
        weight: 700,
        colour: [255, 255, 255],
        align: 'centre',
        box: 0.46,
        mostWidth,
      });
      const next = parts[index + 1];
      const end = next === undefined ? line.start + line.seconds + 0.12 : line.start + timeAt(line, facts, next.from);
      return [{ start, end: Math.min(end, frame.seconds), sprite, text }];
    });
  });
}

/** Names in prompts are typed small; on the screen they are names. */
function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function partsOf(text: string, mostEms: number): Part[] {
  if (textWidth(text) <= mostEms) return [{ text: text.trim(), from: 0, to: text.length }];
  const ends = [...text.matchAll(breaks)].map((match) => match.index + match[0].length);
  if (ends.at(-1) !== text.length) ends.push(text.length);
  const parts: Part[] = [];
  let from = 0;
  let to = 0;
  const push = (until: number) => {
    for (const part of halves(text, from, until, mostEms)) parts.push(part);
    from = until;
  };
  for (const end of ends) {
    if (to > from && textWidth(text.slice(from, end)) > mostEms) push(to);
    to = end;
  }
  push(text.length);
  return parts.filter((part) => part.text !== '');
}

/** A clause that is still too long is broken between words. */
function halves(text: string, from: number, to: number, mostEms: number): Part[] {
  const lines = breakLines(text.slice(from, to), mostEms);
  let at = from;
  return lines.map((line) => {
    const start = text.indexOf(line, at);
    at = start + line.length;
    return { text: line, from: start, to: at };
  });
}

/** Seconds from the line's start at which the word at a position is heard; by its share of the text where no words were timed. */
function timeAt(line: PlannedLine, facts: Facts, position: number): number {
  const words = facts.lines[line.key]?.words ?? [];
  const word = words.find((one) => one.to > position);
  if (position === 0) return 0;
  return word?.start ?? (line.seconds * position) / Math.max(1, line.text.length);
}
