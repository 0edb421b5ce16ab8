import type { CameraAngle, Reference } from '../../model/index.ts';
import { slateText } from '../lettering/labels.ts';
import { textSizes } from '../lettering/text-sizes.ts';
import type { Ambience, PlannedFigure, PlannedShot } from '../plan.ts';
import type { Planning, ShotPlanning, StagedCamera } from '../planning.ts';
import { type Mood, readMood } from '../reading/mood.ts';
import type { ScriptShot } from '../reading/script.ts';
import { readShotCamera } from '../reading/shot-camera.ts';
import { toldWords } from '../reading/told-words.ts';
import { aimCamera } from './aim-camera.ts';
import { cameraPoses, horizons } from './camera.ts';
import { makeFigure } from './make-figure.ts';
import { type Panel, panelsOf } from './panels.ts';
import { placeOfShot } from './places.ts';
import { makeScenery } from './scenery.ts';
import { stageShot } from './stage-shot.ts';
import { namesSomebody, standIns } from './stand-ins.ts';

/** Plans every shot; who was seen, where and when is handed from each to the next. The ambience is that of the first. */
export function planShots(planning: Planning): { shots: PlannedShot[]; ambience: Ambience } {
  const { script, places, request, facts } = planning;
  const panels = panelsOf(request, script, facts);
  const shots: PlannedShot[] = [];
  let place: Reference | undefined;
  let mood: Mood | undefined;
  let before: readonly string[] = [];
  let ambience: Ambience | undefined;
  for (const [index, shot] of script.entries()) {
    const next = placeOfShot(shot, places, place?.id);
    mood = moodOf(shot, planning, next?.id === place?.id ? mood : undefined);
    place = next;
    ambience ??= mood.ambience;
    const own: ShotPlanning = {
      ...planning,
      ...{ shot, index, before, mood },
      camera: stagedCamera(shot, index, planning),
    };
    const made = planShot(own, place, panels?.[index]);
    shots.push(made);
    const seen = new Set(made.figures.flatMap(({ reference }) => reference ?? []));
    // Whom the camera leaves out for one shot is still there in the next.
    if (seen.size > 0) before = request.references.map(({ id }) => id).filter((id) => seen.has(id));
  }
  return { shots, ambience: ambience ?? 'room' };
}

function stagedCamera(
  shot: ScriptShot,
  index: number,
  { request, script, film, notUnderstood }: Planning,
): StagedCamera {
  const { angle, move, moved, unused, ...camera } = readShotCamera(shot, index, script.length);
  const empty = shot.flat.mentions.size === 0 && request.references.every(({ kind }) => kind === 'scene');
  // A place without anybody in it is seen whole.
  const framing = camera.framed || !empty || namesSomebody(shot) ? camera.framing : 'wide';
  notUnderstood.push(...unused.map((one) => ({ ...one, shot: shot.shot })));
  return { framing, angle, move, moved, poses: cameraPoses(move, shot.frames / film.fps, moved) };
}

function moodOf(shot: ScriptShot, { request, excluded }: Planning, before: Mood | undefined): Mood {
  const own = `${toldWords(shot.prompt, request.references)} ${shot.preamble}`;
  const all = request.shots.map((one) => toldWords(one.prompt, request.references)).join(' ');
  return readMood({ own, all, before, excluded: excluded.words });
}

function planShot(planning: ShotPlanning, place: Reference | undefined, panel: Panel | undefined): PlannedShot {
  const { shot, camera, mood, materials } = planning;
  const { scene, light, graded } = makeScenery(place, panel, planning);
  const horizon = horizons[camera.angle satisfies CameraAngle];
  const figures = panel === undefined ? figuresOf(planning, scene.kind === 'clip', light) : [];
  return {
    start: shot.start,
    frames: shot.frames,
    framing: camera.framing,
    angle: camera.angle,
    move: camera.move,
    camera: aimCamera(camera, figures, horizon),
    horizon,
    scene,
    figures,
    tint: scene.kind === 'backdrop' || panel !== undefined || graded === true ? undefined : mood.tint,
    slate: slateOf(planning),
    caption: undefined,
    weather: panel === undefined ? weatherOf(mood, materials) : undefined,
    transition: 'cut',
  };
}

/** Back to front. */
function figuresOf(
  planning: ShotPlanning,
  overVideo: boolean,
  light: Parameters<typeof makeFigure>[2],
): PlannedFigure[] {
  const { request } = planning;
  const actors = stageShot(planning);
  const figures = actors.map((actor) => makeFigure(actor, actors.indexOf(actor.owner ?? actor), light, planning));
  const framed = request.startFrame !== undefined || request.endFrame !== undefined;
  if (figures.length === 0 && !framed && !overVideo) figures.push(...standIns(planning));
  return figures.toSorted((one, other) => other.from.depth + other.to.depth - (one.from.depth + one.to.depth));
}

function weatherOf(mood: Mood, materials: Planning['materials']): PlannedShot['weather'] {
  if (mood.weather === undefined) return undefined;
  const colour: [number, number, number] = mood.weather === 'dust' ? [255, 236, 200] : [236, 242, 250];
  const sprite = materials.sprite({ make: 'dot', colour, width: 24, height: mood.weather === 'rain' ? 96 : 24 });
  return { kind: mood.weather, sprite };
}

function slateOf({ request, film, script, index, camera, language, materials }: ShotPlanning): string | undefined {
  if (request.draftMark === false) return undefined;
  return materials.sprite({
    make: 'text',
    lines: [slateText(index, script.length, camera, language)],
    pixels: textSizes(film.width, film.height).slate,
    weight: 400,
    colour: [255, 255, 255],
    align: 'left',
    box: 0.36,
    mostWidth: Math.round(film.width * 0.6),
  });
}
