import { type Card, makeNote, type Problem, problem, type Reference, type Shot } from '../../model/index.ts';
import { readPrompt } from '../read-prompt.ts';
import { shown } from '../shown.ts';
import type { DecodedPrompt } from './prompt.ts';
import { readSeconds } from './seconds.ts';
import type { WireQueue, WireShot } from './wire.ts';

/** Lengths that differ by less are the same: half a frame. */
const tolerance = 0.5 / 24;

/** Reads `multi_prompt`: each shot's words and seconds. What is left of `duration` is shared out over the shots that give none. */
export function decodeShots(
  list: readonly WireShot[],
  { prompt, duration }: WireQueue,
  references: readonly Reference[],
  card: Card,
): DecodedPrompt {
  const found: DecodedPrompt = { shots: [], problems: [], notes: [] };
  const ignored = (at: string, value: unknown) =>
    found.notes.push(makeNote('setting_ignored', at, { found: shown(value), model: card.id }));
  // As in Kling's own API, where the prompt has no meaning beside a list of shots.
  if (prompt != null && prompt.trim() !== '') ignored('prompt', prompt);
  const given = list.map(({ duration: one }) => (typeof one === 'string' ? readSeconds(one) : (one ?? undefined)));
  const film = duration == null ? undefined : readSeconds(duration);
  const lengths = shareOut(given, film, card, found.problems);
  const whole = list.map((shot) => shot.prompt).join('\n');
  for (const [index, { prompt: text, duration: _, ...more }] of list.entries()) {
    const at = `multi_prompt[${index}]`;
    for (const [key, value] of Object.entries(more)) if (value !== null) ignored(`${at}.${key}`, value);
    const options = { names: false, path: `${at}.prompt`, whole, model: card.id };
    const read = readPrompt(text, references, card.prompt.mentions, options);
    const seconds = lengths[index];
    const shot: Shot = seconds === undefined ? { prompt: read.prompt } : { prompt: read.prompt, seconds };
    found.shots.push(shot);
    found.problems.push(...read.problems);
    found.notes.push(...read.notes);
  }
  return found;
}

function shareOut(
  given: readonly (number | undefined)[],
  film: number | undefined,
  card: Card,
  problems: Problem[],
): readonly (number | undefined)[] {
  if (film === undefined) return given;
  const open = given.filter((seconds) => seconds === undefined).length;
  const sum = given.reduce<number>((all, seconds) => all + (seconds ?? 0), 0);
  const left = film - sum;
  const fits = open === 0 ? Math.abs(left) <= tolerance : left > 0;
  if (fits) return given.map((seconds) => seconds ?? left / open);
  problems.push(problem('listed_seconds_differ', 'duration', { found: film, limit: sum }, card.shots.source));
  return given;
}
