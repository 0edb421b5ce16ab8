import type { Card } from '../card.ts';
import type { Facts } from '../facts.ts';
import { type Film, situationOf } from '../film.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import type { Request } from '../request.ts';
import { chooseFormat } from './format.ts';
import { checkSetting, type Findings, isFixed, noFindings } from './setting.ts';
import { limitWords } from './words.ts';

/**
 * Fills in every default and says what film a request comes to on a model.
 * `film` is undefined where some setting is refused so that no film can be named; otherwise problems may still stand beside it.
 */
export function settle(request: Request, card: Card, facts: Facts): Findings & { film: Film | undefined } {
  const found = noFindings();
  const shape = chooseFormat(request, card, facts);
  add(found, shape);
  const mode = shape.format?.mode ?? request.mode ?? (card.mode?.default as string | undefined);
  const shotSeconds = secondsOfShots(request, card, found);
  const audio = settleAudio(request, card, found);
  const fps = settleFps(request, card, found);
  ignored(request, card, found);
  const { count, attempts } = settleCount(request, card, found);
  if (shape.format === undefined || shotSeconds === undefined) return { ...found, film: undefined };

  const seconds = shotSeconds.reduce((sum, one) => sum + one, 0);
  const film: Film = {
    width: shape.format.width,
    height: shape.format.height,
    ratio: shape.format.ratio,
    tier: shape.format.tier,
    mode: card.mode === null ? undefined : mode,
    fps,
    shotSeconds,
    seconds: Math.abs(seconds - Math.round(seconds)) < 1e-9 ? Math.round(seconds) : seconds,
    audio,
    watermark: card.watermark !== null && (request.watermark ?? card.watermark.default === true),
    count,
    attempts,
  };
  const situation = situationOf(request, film);
  add(
    found,
    checkSetting(
      card,
      card.seconds,
      request.shots.length === 1 ? 'shots[0].seconds' : 'shots',
      film.seconds,
      situation,
    ),
  );
  if (card.mode !== null && film.mode !== undefined)
    add(found, checkSetting(card, card.mode, 'mode', film.mode, situation));
  return { ...found, film };
}

function add(all: Findings, more: Findings): void {
  all.problems.push(...more.problems);
  all.notes.push(...more.notes);
}

/** Seconds of each shot: what a shot does not say is its share of the model's default, but no less than the model's shortest shot. */
function secondsOfShots(request: Request, card: Card, found: Findings): number[] | undefined {
  const given = request.shots.map((shot) => shot.seconds);
  const open = given.filter((seconds) => seconds === undefined).length;
  if (open === 0) return given as number[];
  const total = card.seconds.default;
  if (typeof total !== 'number') {
    const [first] = card.seconds.limits;
    const limit = first === undefined ? '' : limitWords(first);
    found.problems.push(
      problem('setting_required', 'shots[0].seconds', { model: card.id, limit }, card.seconds.source),
    );
    return undefined;
  }
  const said = given.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  const share = Math.max((total - said) / open, given.length > 1 ? (card.shots.each?.from ?? 1) : 0);
  return given.map((seconds) => seconds ?? share);
}

function settleAudio(request: Request, card: Card, found: Findings): boolean {
  const usual = card.audio.default === true;
  if (request.audio === undefined) return usual;
  const outcome = checkSetting(card, card.audio, 'audio', request.audio, situationOf(request));
  if (request.audio === false && outcome.problems.length > 0) {
    found.notes.push(makeNote('audio_always', 'audio', { model: card.id }, card.audio.source));
    return true;
  }
  add(found, outcome);
  return request.audio;
}

function settleFps(request: Request, card: Card, found: Findings): number {
  const usual = typeof card.fps.default === 'number' ? card.fps.default : 24;
  if (request.fps === undefined) return usual;
  const outcome = checkSetting(card, card.fps, 'fps', request.fps, situationOf(request));
  if (outcome.problems.length > 0 && isFixed(card.fps)) {
    found.notes.push(
      makeNote('fps_fixed', 'fps', { found: request.fps, model: card.id, limit: usual }, card.fps.source),
    );
    return usual;
  }
  add(found, outcome);
  return request.fps;
}

/** Wishes that a model has no ear for: noted, never dropped without a word. */
function ignored(request: Request, card: Card, found: Findings): void {
  const note = (path: string, value: string | number | boolean) =>
    found.notes.push(makeNote('setting_ignored', path, { found: value, model: card.id }));
  if (request.seed !== undefined && !card.seed) note('seed', request.seed);
  if (request.watermark === true && card.watermark === null) note('watermark', true);
  if (request.expand === true && card.expand === null) note('expand', true);
  if (request.mode !== undefined && card.mode === null) note('mode', request.mode);
  if (request.negativePrompt !== undefined && !card.prompt.negative)
    found.notes.push(makeNote('negative_ignored', 'negativePrompt', { model: card.id }, card.prompt.source));
  if (request.watermark !== undefined && card.watermark !== null)
    add(found, checkSetting(card, card.watermark, 'watermark', request.watermark, situationOf(request)));
}

function settleCount(request: Request, card: Card, found: Findings): { count: number; attempts: number } {
  const count = request.count ?? 1;
  const outcome = checkSetting(card, card.count, 'count', count, situationOf(request));
  if (outcome.problems.length === 0) {
    add(found, outcome);
    return { count, attempts: 1 };
  }
  const most = card.count.limits[0]?.to ?? 1;
  if (request.allowSplit === true) {
    found.notes.push(
      makeNote('count_split', 'count', { found: count, model: card.id, limit: most, parts: count }, card.count.source),
    );
    return { count: 1, attempts: count };
  }
  found.problems.push(
    problem('count_needs_split', 'count', { found: count, model: card.id, limit: most }, card.count.source),
  );
  return { count, attempts: 1 };
}
