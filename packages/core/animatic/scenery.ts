import type { Box, Colour, Facts, Film, Framing, Media, Reference, Request } from '../model/index.ts';
import { sceneViews } from './camera.ts';
import { backdropOf, type Mood } from './mood.ts';
import type { PlannedClip, PlannedScene } from './plan.ts';
import type { ScriptShot } from './script.ts';
import type { Light } from './sprite.ts';
import type { SpriteBook } from './sprites.ts';

/** The part of a picture that fills a frame of this ratio, `shows` of it, around a point. All in fractions of the picture. */
export function coverCrop(
  picture: { width: number; height: number },
  ratio: number,
  shows: number,
  focus = { x: 0.5, y: 0.5 },
): Box {
  const own = picture.width / picture.height;
  const width = Math.min(1, ratio / own) * shows;
  const height = Math.min(1, own / ratio) * shows;
  const left = Math.min(1 - width, Math.max(0, focus.x - width / 2));
  const top = Math.min(1 - height, Math.max(0, focus.y - height / 2));
  return { left, top, right: left + width, bottom: top + height };
}

/** What is behind a shot, and the light that it throws. */
export interface Scenery {
  readonly scene: PlannedScene;
  readonly light: Light;
}

/** The scene that the shot names; else the one of the shot before; else the first; else a stage of the words' mood. */
export function chooseScene(
  shot: ScriptShot,
  places: readonly Reference[],
  before: string | undefined,
): Reference | undefined {
  const named = [...shot.flat.mentions].sort(([one], [other]) => one - other).map(([, mention]) => mention.mention);
  const byWord =
    places.find((place) => named.includes(place.id)) ?? places.find(({ name }) => shot.flat.text.includes(name));
  return byWord ?? places.find((place) => place.id === before) ?? places[0];
}

/** The video that is to be edited plays behind everything. */
export function editedVideo(request: Request): Extract<Reference, { kind: 'video' }> | undefined {
  return request.references.find((one) => one.kind === 'video' && one.use === 'edit') as
    | Extract<Reference, { kind: 'video' }>
    | undefined;
}

export function makeScenery(
  place: Reference | undefined,
  request: Request,
  film: Film,
  facts: Facts,
  framing: Framing,
  mood: Mood,
  seed: number,
  book: SpriteBook,
  clips: Record<string, PlannedClip>,
): Scenery {
  const edited = editedVideo(request);
  const video = edited === undefined ? undefined : facts.media[edited.video];
  if (edited !== undefined && video?.kind === 'video') {
    const key = `clip-${edited.id}-full`;
    clips[key] = { media: edited.video, width: film.width, height: film.height, radius: 0, seconds: video.seconds };
    return { scene: { kind: 'clip', clip: key, reference: edited.id }, light: lightOf(video.mean, video.mean, mood) };
  }
  const media = place !== undefined && place.kind !== 'video' ? place.image : undefined;
  const picture = media === undefined ? undefined : facts.media[media];
  if (place !== undefined && media !== undefined && picture?.kind === 'image') {
    const { shows, blur } = sceneViews[framing];
    // Closer framings look at where the subjects stand: a little below the middle, at the land rather than the sky.
    const crop = coverCrop(picture, film.width / film.height, shows, { x: 0.5, y: shows < 0.9 ? 0.56 : 0.5 });
    const sprite = book.add(scenePicture(media, crop, picture, film, blur));
    return {
      scene: { kind: 'picture', sprite, reference: place.id },
      light: lightOf(picture.meanTop, picture.meanBottom, mood),
    };
  }
  const backdrop = backdropOf(mood, Math.round(film.width * 1.12), Math.round(film.height * 1.12), seed);
  return {
    scene: { kind: 'backdrop', sprite: book.add(backdrop) },
    light: lightOf(backdrop.skyLow, backdrop.groundNear, mood),
  };
}

/** Pixels that a moving camera may need, but no more than the picture has. */
function scenePicture(media: Media, crop: Box, picture: { width: number; height: number }, film: Film, blur: number) {
  const wanted = Math.ceil(film.width * 1.22);
  const has = Math.ceil((crop.right - crop.left) * picture.width);
  const width = Math.max(64, Math.min(wanted, has));
  const height = Math.max(36, Math.round((width * film.height) / film.width));
  return { make: 'picture', media, crop, radius: 0, blur: blur * height, width, height } as const;
}

function lightOf(top: Colour, bottom: Colour, mood: Mood): Light {
  const amount = mood.hour === 'day' ? 0.4 : 0.6;
  return { key: top, fill: bottom, amount };
}
