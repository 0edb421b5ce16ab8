import { type Facts, type Film, mainLanguageOf, plainPrompt, type Request } from '../model/index.ts';
import { captionWords, makeCaption } from './lettering/caption.ts';
import { draftText, watermarkText } from './lettering/labels.ts';
import { textSizes } from './lettering/text-sizes.ts';
import { openMaterials } from './materials.ts';
import { type NotUnderstood, type Plan, type PlannedShot, planVersion } from './plan.ts';
import type { Planning } from './planning.ts';
import { hashText } from './random.ts';
import { expandShots } from './reading/expand-shots.ts';
import { readExcluded } from './reading/negative.ts';
import { readScript } from './reading/script.ts';
import { placeLines } from './speaking/lines.ts';
import { makeSubtitles } from './speaking/subtitles.ts';
import { makeBookends } from './staging/bookends.ts';
import { makeGuides } from './staging/guides.ts';
import { placesOf } from './staging/places.ts';
import { planShots } from './staging/plan-shot.ts';

/**
 * Plans the whole film: per shot the framing, the camera's move, who stands where and how large, what is said and shown as text.
 * Pure, and quick enough to be made anew at every key press. `film` is the shape that `check` settled. What was not measured is not
 * in the picture; what was not understood is listed.
 */
export function plan(asked: Request, film: Film, facts: Facts): Plan {
  const { request, added } = expandShots(asked);
  const planning = openPlanning(request, film, facts);
  const { language, seed, excluded, materials, notUnderstood } = planning;
  const { shots: staged, ambience } = planShots(planning);
  const bookends = makeBookends(staged, planning);
  const { lines, unheard } = placeLines(staged, planning, bookends.opening);
  notUnderstood.push(...unheard, ...clipsNotPlayed(staged, request));
  const subtitles = excluded.text ? [] : makeSubtitles(lines, planning);
  const shots = withCaptions(staged, planning);
  const guides = makeGuides(planning);
  const marks = marksOf(planning);
  return {
    version: planVersion,
    width: film.width,
    height: film.height,
    fps: film.fps,
    frames: framesOf(film),
    audio: film.audio,
    seed,
    language,
    shots,
    lines,
    subtitles,
    sound: { ambience, clips: keptSounds(planning) },
    ...bookends,
    guides,
    sprites: materials.sprites(),
    clips: materials.clips(),
    marks,
    notUnderstood,
    added,
  };
}

/** A subject stands on the stage as its picture, cut out; a clip that it has as well is told, not dropped. */
function clipsNotPlayed(shots: readonly PlannedShot[], request: Request): NotUnderstood[] {
  const shown = new Set(shots.flatMap(({ figures }) => figures.map(({ reference }) => reference)));
  return request.references.flatMap((one) =>
    one.kind === 'subject' && one.image !== undefined && one.clip !== undefined && shown.has(one.id)
      ? [{ shot: 0, text: `@${one.name}`, why: 'clip-not-played' as const }]
      : [],
  );
}

function framesOf(film: Film): number {
  return Math.max(1, Math.round(film.seconds * film.fps));
}

function openPlanning(request: Request, film: Film, facts: Facts): Planning {
  const script = readScript(request, film, facts);
  const words = request.shots.map((shot) => plainPrompt(shot.prompt, request.references)).join('\n');
  const excluded = readExcluded(request);
  return {
    ...{ request, film, facts, script, excluded },
    places: placesOf(request, script, facts, excluded.references),
    seed: request.seed ?? hashText(words),
    language: mainLanguageOf(words),
    materials: openMaterials(),
    notUnderstood: [...excluded.ignored],
  };
}

/** The words of a shot stand below it, above what is said, where no picture of a subject tells what happens. */
function withCaptions(
  shots: readonly PlannedShot[],
  { script, request, film, excluded, materials }: Planning,
): PlannedShot[] {
  const framed = request.startFrame !== undefined || request.endFrame !== undefined;
  return shots.map((shot, index) => {
    const shown = framed || shot.figures.some(({ reference }) => reference !== undefined);
    if (shown || excluded.text || script[index] === undefined) return shot;
    const caption = makeCaption(captionWords(script[index], request.references), film, materials);
    return { ...shot, caption };
  });
}

function keptSounds({ request, film, facts, excluded }: Planning): Plan['sound']['clips'] {
  return request.references.flatMap((reference) => {
    if (reference.kind !== 'video' || reference.keepSound !== true || excluded.references.has(reference.id)) return [];
    const video = facts.media[reference.video];
    if (video?.kind !== 'video' || !video.sound) return [];
    return [{ media: reference.video, start: 0, seconds: Math.min(video.seconds, film.seconds) }];
  });
}

function marksOf({ request, film, language, materials }: Planning): Plan['marks'] {
  const { mark: pixels } = textSizes(film.width, film.height);
  const mostWidth = Math.round(film.width * 0.4);
  const text = (words: string) =>
    materials.sprite({
      ...{ make: 'text', lines: [words], pixels, weight: 700, align: 'right', box: 0, mostWidth },
      colour: [255, 255, 255],
    });
  const marks: Plan['marks'][number][] = [];
  if (request.draftMark !== false) marks.push({ sprite: text(draftText[language]), corner: 'top-right' });
  if (film.watermark) marks.push({ sprite: text(watermarkText[language]), corner: 'bottom-right' });
  return marks;
}
