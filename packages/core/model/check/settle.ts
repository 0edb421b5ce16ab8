import type { Card, Setting } from '../card.ts';
import type { Facts } from '../facts.ts';
import type { Film, Situation } from '../film.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import { countInputs, type Request } from '../request.ts';
import { chooseFormat } from './format.ts';
import { settleListed } from './listed-seconds.ts';
import { add, checkSetting, type Findings, isFixed, noFindings } from './setting.ts';
import { limitWords } from './words.ts';

/** As far as two frame rates may differ and still be the same: 23.976 is written for 24000/1001. */
const fpsTolerance = 0.001;

/**
 * Fills in every default and says what film a request comes to on a model.
 * `film` is undefined where some setting is refused so that no film can be named; otherwise problems may still stand beside it.
 */
export function settle(request: Request, card: Card, facts: Facts): Findings & { film: Film | undefined } {
  const found = noFindings();
  const shape = chooseFormat(request, card, facts);
  add(found, shape);
  const { format } = shape;
  const mode = modeOf(request, card, format?.mode);
  const untimed: Situation = {
    inputs: countInputs(request),
    tier: format?.tier,
    mode,
    seconds: undefined,
    audio: request.audio ?? usual(card.audio, false),
  };
  const listed = settleListed(request, card, untimed, found);
  const shotSeconds = listed === undefined ? secondsOfShots(request, card, found) : [listed];
  const asked: Situation = { ...untimed, seconds: shotSeconds?.reduce((sum, one) => sum + one, 0) };
  const audio = settleAudio(request, card, asked, found);
  const situation: Situation = { ...asked, audio };
  const fps = settleFps(request, card, situation, found);
  const seconds =
    asked.seconds === undefined
      ? undefined
      : settleSeconds(request, card, asked.seconds, listed !== undefined, fps, situation, found);
  settleRest(request, card, mode, situation, found);
  const { count, attempts } = settleCount(request, card, situation, found);
  if (format === undefined || shotSeconds === undefined || seconds === undefined) return { ...found, film: undefined };

  const film: Film = {
    width: format.width,
    height: format.height,
    ratio: format.ratio,
    tier: format.tier,
    mode,
    fps,
    shotSeconds: shotSeconds.length === 1 ? [seconds] : shotSeconds,
    seconds,
    audio,
    watermark: card.watermark !== null && (request.watermark ?? usual(card.watermark, false)),
    count,
    attempts,
  };
  return { ...found, film };
}

function modeOf(request: Request, card: Card, ofFormat: string | undefined): string | undefined {
  if (card.mode === null) return undefined;
  return ofFormat ?? request.mode ?? (usual(card.mode, '') || undefined);
}

/** A setting's default, where it has one of the kind that is wanted. */
function usual<V extends string | number | boolean>(setting: Setting, otherwise: V): V {
  return typeof setting.default === typeof otherwise ? (setting.default as V) : otherwise;
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
    const path = `shots[${given.indexOf(undefined)}].seconds`;
    found.problems.push(problem('setting_required', path, { model: card.id, limit }, card.seconds.source));
    return undefined;
  }
  const said = given.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  // A shot that nobody timed is a second at the least, and as long as the shortest that the model makes.
  const share = Math.max((total - said) / open, given.length > 1 ? Math.max(1, card.shots.each?.from ?? 1) : 0);
  return given.map((seconds) => seconds ?? share);
}

/** The seconds of the whole film. Durations that differ by half a frame are the same, so the offered one is what is asked for. */
function settleSeconds(
  request: Request,
  card: Card,
  asked: number,
  listed: boolean,
  fps: number,
  situation: Situation,
  found: Findings,
): number {
  // Thirds of a film add up with a tail of binary dust.
  const sum = Number(asked.toFixed(6));
  const several = request.shots.length > 1 || listed;
  const path = listed ? 'shots[0].prompt' : several ? 'shots' : 'shots[0].seconds';
  const outcome = checkSetting(card, card.seconds, path, sum, situation, 0.5 / fps);
  const problems = several
    ? outcome.problems.map(({ values, source }) => problem('shots_seconds', path, values, source))
    : outcome.problems;
  add(found, { problems, notes: outcome.notes });
  return outcome.value;
}

function settleAudio(request: Request, card: Card, situation: Situation, found: Findings): boolean {
  if (request.audio === undefined) return usual(card.audio, false);
  const outcome = checkSetting(card, card.audio, 'audio', request.audio, situation);
  if (request.audio === false && outcome.problems.length > 0) {
    found.notes.push(makeNote('audio_always', 'audio', { model: card.id }, card.audio.source));
    return true;
  }
  add(found, outcome);
  return request.audio;
}

function settleFps(request: Request, card: Card, situation: Situation, found: Findings): number {
  const own = usual(card.fps, 24);
  if (request.fps === undefined) return own;
  const outcome = checkSetting(card, card.fps, 'fps', request.fps, situation, fpsTolerance);
  if (outcome.problems.length > 0 && isFixed(card.fps)) {
    const values = { found: request.fps, model: card.id, limit: own };
    found.notes.push(makeNote('fps_fixed', 'fps', values, card.fps.source));
    return own;
  }
  add(found, outcome);
  return outcome.value;
}

/** Settings that are as they are asked or not at all, and wishes that a model has no ear for: noted, never dropped without a word. */
function settleRest(
  request: Request,
  card: Card,
  mode: string | undefined,
  situation: Situation,
  found: Findings,
): void {
  const ignored = (path: string, value: string | number | boolean) =>
    found.notes.push(makeNote('setting_ignored', path, { found: value, model: card.id }));
  const wishedMode = request.mode ?? mode;
  if (wishedMode !== undefined && card.mode === null) ignored('mode', wishedMode);
  else if (wishedMode !== undefined && card.mode !== null)
    add(found, checkSetting(card, card.mode, 'mode', wishedMode, situation));
  for (const path of ['watermark', 'expand'] as const) {
    const [setting, wish] = [card[path], request[path]];
    if (setting !== null && wish !== undefined) add(found, checkSetting(card, setting, path, wish, situation));
    else if (wish === true) ignored(path, true);
  }
  if (request.seed !== undefined && !card.seed) ignored('seed', request.seed);
  if ((request.negativePrompt ?? '').trim() !== '' && !card.prompt.negative)
    found.notes.push(makeNote('negative_ignored', 'negativePrompt', { model: card.id }, card.prompt.source));
}

function settleCount(
  request: Request,
  card: Card,
  situation: Situation,
  found: Findings,
): { count: number; attempts: number } {
  const count = request.count ?? 1;
  const outcome = checkSetting(card, card.count, 'count', count, situation);
  if (outcome.problems.length === 0) {
    add(found, outcome);
    return { count, attempts: 1 };
  }
  const most = card.count.limits[0]?.to ?? 1;
  const values = { found: count, model: card.id, limit: most };
  if (request.allowSplit === true) {
    found.notes.push(makeNote('count_split', 'count', { ...values, parts: count }, card.count.source));
    return { count: 1, attempts: count };
  }
  found.problems.push(problem('count_needs_split', 'count', values, card.count.source));
  return { count, attempts: 1 };
}
