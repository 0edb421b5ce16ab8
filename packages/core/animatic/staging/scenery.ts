import type { Box, CameraAngle, Colour, Media, Reference } from '../../model/index.ts';
import type { PlannedScene } from '../plan.ts';
import type { ShotPlanning } from '../planning.ts';
import type { Mood } from '../reading/mood.ts';
import type { Light, PictureSprite } from '../sprite.ts';
import { backdropOf } from './backdrop.ts';
import { sceneViews } from './camera.ts';
import type { Panel } from './panels.ts';

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
  /** The picture itself was given the hour, so that no tint need lie over it. */
  readonly graded?: boolean;
}

/** The video that is to be edited; else the shot's panel of a storyboard; else the picture of its place; else a backdrop of its mood. */
export function makeScenery(place: Reference | undefined, panel: Panel | undefined, planning: ShotPlanning): Scenery {
  return editedVideo(planning) ?? panelScene(panel, planning) ?? placeScene(place, planning) ?? backdrop(planning);
}

function editedVideo({ request, facts, film, mood, materials, excluded }: ShotPlanning): Scenery | undefined {
  for (const reference of request.references) {
    if (reference.kind !== 'video' || reference.use !== 'edit' || excluded.references.has(reference.id)) continue;
    const video = facts.media[reference.video];
    if (video?.kind !== 'video') continue;
    const { width, height } = film;
    const clip = materials.clip({ media: reference.video, width, height, radius: 0, seconds: video.seconds });
    const scene = { kind: 'clip', clip, reference: reference.id } as const;
    return { scene, light: lightOf(video.mean, video.mean, mood) };
  }
  return undefined;
}

/** A panel is a whole picture already: it is shown as it was drawn, and sharp. */
function panelScene(
  panel: Panel | undefined,
  { request, facts, film, mood, materials }: ShotPlanning,
): Scenery | undefined {
  const picture = panel === undefined ? undefined : facts.media[panel.media];
  if (panel === undefined || picture?.kind !== 'image') return undefined;
  const { left, top, right, bottom } = panel.crop;
  const own = { width: (right - left) * picture.width, height: (bottom - top) * picture.height };
  const inner = coverCrop(own, film.width / film.height, 1);
  const crop = {
    left: left + inner.left * (right - left),
    right: left + inner.right * (right - left),
    top: top + inner.top * (bottom - top),
    bottom: top + inner.bottom * (bottom - top),
  };
  const sprite = materials.sprite(scenePicture(panel.media, crop, picture, 0, film));
  const scene = { kind: 'picture', sprite, reference: request.references[0]?.id } as const;
  return { scene, light: lightOf(picture.meanTop, picture.meanBottom, mood) };
}

function placeScene(place: Reference | undefined, planning: ShotPlanning): Scenery | undefined {
  const { facts, film, camera, mood, materials } = planning;
  const media = place === undefined ? undefined : pictureOfPlace(place, planning);
  const picture = media === undefined ? undefined : facts.media[media];
  if (place === undefined || media === undefined || picture?.kind !== 'image') return undefined;
  const { shows, blur } = sceneViews[camera.framing];
  const ratio = film.width / film.height;
  const view = angleViews[camera.angle];
  const crop = coverCrop(picture, ratio, Math.min(shows, view.shows), {
    x: 0.5,
    y: view.y ?? (shows < 0.9 ? 0.56 : 0.5),
  });
  const grade = gradeOf(picture.mean, mood);
  const sprite = materials.sprite({ ...scenePicture(media, crop, picture, blur, film), grade });
  const scene = { kind: 'picture', sprite, reference: place.id } as const;
  const light = lightOf(graded(picture.meanTop, grade), graded(picture.meanBottom, grade), mood);
  return { scene, light, graded: grade !== undefined };
}

/**
 * The part of a place's picture that an angle sees: from above the ground, which lies low in a photograph; from below the sky. At eye
 * level closer framings look at where the subjects stand: a little below the middle.
 */
const angleViews: Readonly<Record<CameraAngle, { readonly shows: number; readonly y?: number }>> = {
  eye: { shows: 1 },
  low: { shows: 0.8, y: 0.3 },
  high: { shows: 0.72, y: 0.86 },
  overhead: { shows: 0.5, y: 1 },
};

/** Of `@park.angle2` the second angle, else the picture itself. */
function pictureOfPlace(place: Reference, { shot }: ShotPlanning): Media | undefined {
  if (place.kind === 'video') return undefined;
  if (place.kind === 'scene') {
    for (const { mention, media } of shot.flat.mentions.values()) {
      if (mention === place.id && typeof media === 'object') return place.angles?.[media.angle] ?? place.image;
    }
  }
  return place.image;
}

function backdrop({ film, camera, mood, seed, materials }: ShotPlanning): Scenery {
  const stage = backdropOf(mood, Math.round(film.width * 1.12), Math.round(film.height * 1.12), seed);
  const sprite = camera.angle === 'overhead' ? { ...stage, horizon: 0.02, disc: undefined } : stage;
  return {
    scene: { kind: 'backdrop', sprite: materials.sprite(sprite) },
    light: lightOf(sprite.skyLow, sprite.groundNear, mood),
  };
}

/** Pixels that a moving camera may need, but no more than the picture has. */
function scenePicture(
  media: Media,
  crop: Box,
  picture: { readonly width: number; readonly height: number },
  blur: number,
  film: ShotPlanning['film'],
): PictureSprite {
  const wanted = Math.ceil(film.width * 1.22);
  const has = Math.ceil((crop.right - crop.left) * picture.width);
  const width = Math.max(64, Math.min(wanted, has));
  const height = Math.max(36, Math.round((width * film.height) / film.width));
  return { make: 'picture', media, crop, radius: 0, blur: blur * height, grade: undefined, width, height };
}

/** A place photographed at noon is given the hour that the words say; one that has it already stays as it is. */
function gradeOf(mean: Colour, mood: Mood): PictureSprite['grade'] {
  const [red, green, blue] = mean;
  if (mood.hour === 'sunrise' && red - blue < 12) return [1.1, 0.96, 0.76];
  if (mood.hour === 'night' && 0.3 * red + 0.59 * green + 0.11 * blue > 70) return [0.42, 0.5, 0.78];
  return undefined;
}

function graded(colour: Colour, grade: PictureSprite['grade']): Colour {
  if (grade === undefined) return colour;
  return [
    Math.min(255, colour[0] * grade[0]),
    Math.min(255, colour[1] * grade[1]),
    Math.min(255, colour[2] * grade[2]),
  ];
}

function lightOf(top: Colour, bottom: Colour, mood: Mood): Light {
  return { key: top, fill: bottom, amount: mood.hour === 'day' ? 0.4 : 0.6 };
}
