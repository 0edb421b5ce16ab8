import { type Facts, type Film, mainLanguageOf, plainPrompt, type Request } from '../model/index.ts';
import { cameraPoses, horizons } from './camera.ts';
import { scenesOf } from './cast.ts';
import { makeFigure } from './figures.ts';
import { draftText, slateText, watermarkText } from './labels.ts';
import { placeLines } from './lines.ts';
import { type Mood, readMood } from './mood.ts';
import { type Excluded, readExcluded } from './negative.ts';
import { captionOf, extraFigures } from './placeholders.ts';
import {
  type Bookend,
  type NotUnderstood,
  type Plan,
  type PlannedClip,
  type PlannedShot,
  planVersion,
} from './plan.ts';
import { hashText } from './random.ts';
import { chooseScene, coverCrop, makeScenery } from './scenery.ts';
import { readScript, type ScriptShot } from './script.ts';
import { readShotCamera } from './shot-camera.ts';
import { openSpriteBook, type SpriteBook } from './sprites.ts';
import { stageShot } from './staging.ts';
import { makeSubtitles } from './subtitles.ts';
import { textSizes } from './text-sizes.ts';

/**
 * Plans the whole film: per shot the framing, the camera's move, who stands where and how large, what is said and shown as text.
 * Pure, and quick enough to be made anew at every key press. `film` is the shape that `check` settled. What was not measured is not
 * in the picture; what was not understood is listed.
 */
export function plan(request: Request, film: Film, facts: Facts): Plan {
  const script = readScript(request, film);
  const words = request.shots.map((shot) => plainPrompt(shot.prompt, request.references)).join('\n');
  const seed = request.seed ?? hashText(words);
  const language = mainLanguageOf(words);
  const excluded = readExcluded(request);
  const book = openSpriteBook();
  const clips: Record<string, PlannedClip> = {};
  const notUnderstood: NotUnderstood[] = [...excluded.ignored];
  const stage = { request, film, facts, script, seed, language, excluded, book, clips, notUnderstood };
  const shots = planShots(stage);
  const { lines, cut } = placeLines(script, shots, request, film, facts);
  notUnderstood.push(...cut);
  const frame = { width: film.width, height: film.height, seconds: film.seconds };
  const subtitles = excluded.text ? [] : makeSubtitles(lines, facts, frame, book);
  const mood = moodOf(script[0], request, excluded);
  const alone = shots.length === 1;
  const opening = bookend(request.startFrame, shots[0], request.endFrame !== undefined && alone, stage);
  const closing = bookend(request.endFrame, shots.at(-1), request.startFrame !== undefined && alone, stage);
  const marks = marksOf(request, film, language, book);
  return {
    version: planVersion,
    width: film.width,
    height: film.height,
    fps: film.fps,
    frames: Math.max(1, Math.round(film.seconds * film.fps)),
    audio: film.audio,
    seed,
    language,
    shots,
    lines,
    subtitles,
    sound: { ambience: mood.ambience, clips: keptSounds(request, film, facts) },
    opening,
    closing,
    sprites: book.sprites(),
    clips,
    marks,
    notUnderstood,
  };
}

interface Planning {
  readonly request: Request;
  readonly film: Film;
  readonly facts: Facts;
  readonly script: readonly ScriptShot[];
  readonly seed: number;
  readonly language: Plan['language'];
  readonly excluded: Excluded;
  readonly book: SpriteBook;
  readonly clips: Record<string, PlannedClip>;
  readonly notUnderstood: NotUnderstood[];
}

function planShots(planning: Planning): PlannedShot[] {
  const { request, facts, script } = planning;
  const places = scenesOf(request, script, facts);
  const shots: PlannedShot[] = [];
  let place: string | undefined;
  let seen: string[] = [];
  for (const [index, shot] of script.entries()) {
    const scene = chooseScene(shot, places, place);
    place = scene?.id;
    const made = planShot(planning, shot, index, places, scene, seen);
    shots.push(made);
    seen = made.figures.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  }
  return shots;
}

function planShot(
  planning: Planning,
  shot: ScriptShot,
  index: number,
  places: ReturnType<typeof scenesOf>,
  scene: ReturnType<typeof chooseScene>,
  before: readonly string[],
): PlannedShot {
  const { request, film, facts, script, seed, language, excluded, book, clips, notUnderstood } = planning;
  const camera = readShotCamera(shot, index, script.length);
  notUnderstood.push(...camera.unused.map((one) => ({ ...one, shot: shot.shot })));
  const poses = cameraPoses(camera.move, shot.frames / film.fps);
  const mood = moodOf(shot, request, excluded);
  const scenery = makeScenery(scene, request, film, facts, camera.framing, mood, seed, book, clips);
  const staged = stageShot(shot, request, places, facts, camera.framing, poses, before);
  notUnderstood.push(...staged.unknown.map((text) => ({ shot: shot.shot, text, why: 'unknown-action' as const })));
  const actors = staged.actors.filter(({ reference }) => !excluded.references.has(reference.id));
  const figures = actors.map((actor, at) =>
    makeFigure(actor, at, actors.length, film, camera.framing, camera.angle, scenery.light, seed + index, book, clips),
  );
  const drawn = figures.length > 0 || request.startFrame !== undefined || request.endFrame !== undefined;
  if (!drawn && scenery.scene.kind !== 'clip')
    figures.push(...extraFigures(shot, film, camera.framing, mood, seed, book));
  figures.sort((one, other) => other.from.depth + other.to.depth - (one.from.depth + one.to.depth));
  const sizes = textSizes(film.width, film.height);
  const caption = drawn || excluded.text ? undefined : captionOf(shot, request, film, book);
  const slate =
    request.draftMark === false
      ? undefined
      : book.add({
          make: 'text',
          lines: [slateText(index, script.length, camera.framing, camera.move, language)],
          pixels: sizes.slate,
          weight: 400,
          colour: [255, 255, 255],
          align: 'left',
          box: 0.36,
          mostWidth: Math.round(film.width * 0.6),
        });
  return {
    start: shot.start,
    frames: shot.frames,
    framing: camera.framing,
    angle: camera.angle,
    move: camera.move,
    camera: poses,
    horizon: horizons[camera.angle],
    scene: scenery.scene,
    figures,
    tint: scenery.scene.kind === 'backdrop' ? undefined : mood.tint,
    slate,
    caption,
    weather: weatherOf(mood, book),
    transition: 'cut',
  };
}

function moodOf(shot: ScriptShot | undefined, request: Request, excluded: Excluded): Mood {
  const own = shot === undefined ? '' : `${plainPrompt(shot.prompt, request.references)} ${shot.preamble}`;
  const all = request.shots.map((one) => plainPrompt(one.prompt, request.references)).join(' ');
  return readMood(own, all, excluded.words);
}

function weatherOf(mood: Mood, book: SpriteBook): PlannedShot['weather'] {
  if (mood.weather === undefined) return undefined;
  const colour = mood.weather === 'dust' ? ([255, 236, 200] as const) : ([236, 242, 250] as const);
  const sprite = book.add({ make: 'dot', colour: [...colour], width: 24, height: mood.weather === 'rain' ? 96 : 24 });
  return { kind: mood.weather, sprite };
}

/** A frame is shown as it is at its end of the film. In one shot with both frames, each takes its half and they change slowly. */
function bookend(
  media: string | undefined,
  shot: PlannedShot | undefined,
  shared: boolean,
  planning: Planning,
): Bookend | undefined {
  const { film, facts, book, request } = planning;
  if (media === undefined || shot === undefined) return undefined;
  const picture = facts.media[media];
  if (picture?.kind !== 'image') return undefined;
  const crop = coverCrop(picture, film.width / film.height, 1);
  const width = Math.round(film.width * 1.04);
  const sprite = book.add({
    make: 'picture',
    media,
    crop,
    radius: 0,
    blur: 0,
    width,
    height: Math.round(film.height * 1.04),
  });
  const seconds = shot.frames / film.fps;
  const alone = request.references.length === 0;
  // With nothing else to show, the frames are the film: the first gives way to the last over its middle.
  if (alone && shared) {
    const isStart = media === request.startFrame;
    return { sprite, hold: isStart ? seconds * 0.25 : seconds, change: isStart ? seconds * 0.5 : 0.01 };
  }
  if (alone) return { sprite, hold: seconds, change: 0.01 };
  return { sprite, hold: seconds * (shared ? 0.14 : 0.2), change: Math.min(0.9, seconds * 0.18) };
}

function keptSounds(request: Request, film: Film, facts: Facts): Plan['sound']['clips'] {
  return request.references.flatMap((reference) => {
    if (reference.kind !== 'video' || reference.keepSound !== true) return [];
    const video = facts.media[reference.video];
    if (video?.kind !== 'video' || !video.sound) return [];
    return [{ media: reference.video, start: 0, seconds: Math.min(video.seconds, film.seconds) }];
  });
}

function marksOf(request: Request, film: Film, language: Plan['language'], book: SpriteBook): Plan['marks'] {
  const { mark: pixels } = textSizes(film.width, film.height);
  const text = (words: string) =>
    book.add({
      make: 'text',
      lines: [words],
      pixels,
      weight: 700,
      colour: [255, 255, 255],
      align: 'right',
      box: 0,
      mostWidth: Math.round(film.width * 0.4),
    });
  const marks: Plan['marks'][number][] = [];
  if (request.draftMark !== false) marks.push({ sprite: text(draftText[language]), corner: 'top-right' });
  if (film.watermark) marks.push({ sprite: text(watermarkText[language]), corner: 'bottom-right' });
  return marks;
}
