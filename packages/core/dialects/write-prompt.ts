import {
  type Language,
  languageOf,
  makeNote,
  type Note,
  type Problem,
  type Prompt,
  problem,
  type Reference,
} from '../model/index.ts';
import { unknownMention } from '../model/mention-problems.ts';
import { writeNamedMention } from '../model/prompt/prompt.ts';
import type { MentionSyntax } from './mention-syntax.ts';
import { mentionSyntax } from './mentions.ts';
import { type Draft, type Settled, separate, settle } from './settle-tags.ts';

/** How a prompt is written. */
export interface WriteOptions {
  /** The language of the tags, where a vendor has several. Default: Chinese if the words hold any Han character. */
  readonly language?: Language;
  /** Where the prompt stands, for problems and notes: "shots[0].prompt". Default "prompt". */
  readonly path?: string;
  /** The model's id, for notes. */
  readonly model?: string;
}

/** A prompt as a vendor reads it. */
export interface WrittenPrompt {
  readonly text: string;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * Writes a prompt as the vendor reads it (null: names become plain words). What is written was read back: every tag binds to
 * its reference and nothing else binds. Without notes, reading gives the same prompt, but for a medium that its tag stands for.
 *
 * Problems: `unknown_mention` for an id that no reference has, `duplicate_name` where two references cannot be told apart.
 * Notes, each once: `mentions_as_text`, `mention_without_tag`, `mention_of_whole`, `mention_spaced`, `text_reads_as_mention`.
 */
export function writePromptFor(
  prompt: Prompt,
  references: readonly Reference[],
  key: string | null,
  options: WriteOptions = {},
): WrittenPrompt {
  const { path = 'prompt', model = '' } = options;
  const language = options.language ?? languageOf(prompt.filter((part) => typeof part === 'string').join(' '));
  const syntax = mentionSyntax(key);
  const { draft, untagged, whole, unknown } = draftOf(prompt, references, syntax, language);
  const spaced = separate(draft, syntax);
  const settled: Settled =
    syntax === undefined ? { spaced: [], escaped: [], unread: [] } : settle(draft, syntax, references);

  const notes: Note[] = [];
  const note = (code: Note['code'], places: readonly string[]) => {
    if (places.length > 0) notes.push(makeNote(code, path, { found: [...new Set(places)], model }));
  };
  note(syntax === undefined ? 'mentions_as_text' : 'mention_without_tag', untagged);
  note('mention_of_whole', whole);
  note('mention_spaced', [...spaced, ...settled.spaced]);
  note('text_reads_as_mention', settled.escaped);
  const problems = [
    ...[...new Set(unknown)].map((found) => unknownMention(path, found, references)),
    ...[...new Set(settled.unread)].map((found) => problem('duplicate_name', path, { found })),
  ];
  return { text: draft.text, problems, notes };
}

interface Drafted {
  readonly draft: Draft;
  /** Mentions of references that the syntax has no tag for. */
  readonly untagged: string[];
  /** Mentions of one medium that become mentions of the whole reference. */
  readonly whole: string[];
  /** Mentions of ids that no reference has. */
  readonly unknown: string[];
}

/** The prompt with each mention written, before anybody looked at what stands beside it. */
function draftOf(
  prompt: Prompt,
  references: readonly Reference[],
  syntax: MentionSyntax | undefined,
  language: Language,
): Drafted {
  const drafted: Drafted = { draft: { text: '', tags: [], gaps: [] }, untagged: [], whole: [], unknown: [] };
  const { draft } = drafted;
  for (const part of prompt) {
    const start = draft.text.length;
    if (typeof part === 'string') {
      draft.text += part;
      continue;
    }
    const reference = references.find((one) => one.id === part.mention);
    const tag = reference === undefined ? undefined : syntax?.tagOf(reference, references, language);
    const shown = writeNamedMention(part, references);
    if (reference === undefined || tag === undefined || syntax === undefined) {
      (reference === undefined ? drafted.unknown : drafted.untagged).push(shown);
      draft.text += reference?.name ?? shown;
    } else {
      if (part.media !== undefined && !syntax.pointsAt(reference, part.media)) drafted.whole.push(shown);
      draft.text += tag + (part.media === undefined ? '' : (syntax.endingOf?.(part.media) ?? ''));
      draft.tags.push({ start, end: draft.text.length, reference, shown });
    }
    draft.gaps.push(start, draft.text.length);
  }
  return drafted;
}
