import type { Facts, Film, Prompt, Request } from '../../model/index.ts';
import { cutPrompt, type FlatPrompt, flattenPrompt, trimPrompt } from '../../model/prompt/flat.ts';
import { blankQuotes } from '../../model/prompt/quotes.ts';
import { readShotList } from '../../model/prompt/shot-list.ts';
import { panelsToTell } from './sheet.ts';

/** One shot of the film, as its words tell it: a shot of the request, or a part of one whose prompt holds several. */
export interface ScriptShot {
  /** Index of the request's shot that it comes from. */
  readonly shot: number;
  readonly prompt: Prompt;
  readonly flat: FlatPrompt;
  /** What a shot list says before its first shot: style, characters and place of all of them. */
  readonly preamble: string;
  /** From a numbered list of shots in the prompt. */
  readonly listed: boolean;
  /** One panel of a storyboard picture, told because the picture has it. */
  readonly panel: boolean;
  readonly start: number;
  readonly frames: number;
}

type Piece = Pick<ScriptShot, 'shot' | 'prompt' | 'preamble' | 'listed' | 'panel'> & { readonly seconds: number };

/** "cut to", 切换到: a cut that the words ask for inside one shot. */
const cutWords =
  /(?:,?\s*\b(?:then\s+)?(?:the (?:camera|scene|shot|view)\s+)?(?:cuts?|cutting|switch(?:es)?) to\b)|(?:[，,]?(?:随后|然后|接着|之后)?(?:镜头|画面)?(?:切换到|切换至|切到|切至))/giu;

/**
 * The film's shots in order: shot lists and cuts inside a prompt, and the panels of a storyboard picture, become shots of their own, and
 * their frames add up to the film's.
 */
export function readScript(request: Request, film: Film, facts: Facts): ScriptShot[] {
  const pieces: Piece[] = [];
  for (const [shot, { prompt }] of request.shots.entries()) {
    const seconds = film.shotSeconds[shot] ?? 0;
    const list = readShotList(prompt);
    const parts = list === undefined ? splitAtCuts(prompt).map((part) => ({ prompt: part })) : list.shots;
    const preamble = list === undefined ? '' : flattenPrompt(list.preamble).text;
    const told = parts.reduce((sum, part) => sum + (secondsOf(part) ?? 0), 0);
    const untold = parts.filter((part) => secondsOf(part) === undefined).length;
    // Listed seconds are shares: the shot lasts as long as the request says.
    const each = untold === 0 ? 0 : told < seconds ? (seconds - told) / untold : seconds / parts.length;
    const whole = told + each * untold;
    for (const part of parts) {
      const share = (secondsOf(part) ?? each) / whole;
      pieces.push({
        shot,
        prompt: part.prompt,
        preamble,
        listed: list !== undefined,
        panel: false,
        seconds: share * seconds,
      });
    }
  }
  return withFrames(tellPanels(pieces, panelsToTell(request, facts)), film);
}

/** One piece for all panels becomes one for each. Its words go with the first, so that no line is spoken twice. */
function tellPanels(pieces: readonly Piece[], panels: number): readonly Piece[] {
  const [only] = pieces;
  if (panels === 0 || only === undefined || pieces.length > 1 || only.listed) return pieces;
  const [panel, seconds] = [true, only.seconds / panels];
  return Array.from({ length: panels }, (_, index) => ({
    ...{ ...only, panel, seconds },
    prompt: index === 0 ? only.prompt : [],
  }));
}

function secondsOf(part: { prompt: Prompt; seconds?: number }): number | undefined {
  return part.seconds;
}

function withFrames(pieces: readonly Piece[], film: Film): ScriptShot[] {
  const frames = Math.max(1, Math.round(film.seconds * film.fps));
  const total = pieces.reduce((sum, piece) => sum + piece.seconds, 0);
  const script: ScriptShot[] = [];
  let passed = 0;
  for (const [index, { seconds, ...piece }] of pieces.entries()) {
    const start = Math.round((passed / total) * frames);
    passed += seconds;
    const end = index === pieces.length - 1 ? frames : Math.round((passed / total) * frames);
    if (end > start) script.push({ ...piece, flat: flattenPrompt(piece.prompt), start, frames: end - start });
  }
  return script;
}

function splitAtCuts(prompt: Prompt): Prompt[] {
  const flat = flattenPrompt(prompt);
  const parts: Prompt[] = [];
  let from = 0;
  for (const match of blankQuotes(flat.text).matchAll(cutWords)) {
    if (flat.text.slice(from, match.index).trim() === '') continue;
    parts.push(trimPrompt(cutPrompt(flat, from, match.index)));
    from = match.index + match[0].length;
  }
  parts.push(from === 0 ? prompt : trimPrompt(cutPrompt(flat, from, flat.text.length)));
  return parts.filter((part) => part.length > 0 || parts.length === 1);
}
