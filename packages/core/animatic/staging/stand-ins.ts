import { blankQuotes } from '../../model/prompt/quotes.ts';
import type { PlannedFigure } from '../plan.ts';
import { stageDepth } from '../plan.ts';
import type { ShotPlanning } from '../planning.ts';
import { chance } from '../random.ts';
import { type Action, readAction, standing } from '../reading/action-words.ts';
import { findActors, speakersIn } from '../reading/actors.ts';
import type { Mood } from '../reading/mood.ts';
import { type NounFound, nounsIn } from '../reading/noun-words.ts';
import { readPosition } from '../reading/position-words.ts';
import type { ScriptShot } from '../reading/script.ts';
import type { FigureSprite } from '../sprite.ts';
import { figureSizes } from './camera.ts';

type Shape = FigureSprite['shape'];

const two = /\b(?:two|couple|both|pair)\b|两(?:个|人|位|只)|二人|情侣|对望/iu;

/** More than these are no longer told apart. */
const mostFigures = 3;

/** Plain figures for those whom the words name and no picture shows, so that a film of words alone still has somebody in it. */
export function standIns(planning: ShotPlanning): PlannedFigure[] {
  const { shot, request, excluded, camera } = planning;
  if (excluded.people) return [];
  const text = blankQuotes(shot.flat.text);
  const kinds = kindsIn(text);
  const speakers = speakersIn(shot, request.references).filter((name) => nounsIn(name)[0]?.shape !== 'animal');
  const shown = kinds.filter(({ shape }) => shape === 'person').length;
  kinds.unshift(...speakers.slice(shown, mostFigures).map(() => somebody));
  const isWide = camera.framing === 'wide' || camera.framing === 'extreme-wide';
  if (kinds.length === 0 && !isWide && pronoun.test(text)) kinds.push(somebody);
  const action = readAction(text) ?? standing;
  return kinds.slice(0, mostFigures).map((kind, index, { length: count }) => {
    const shape = kind.shape === 'animal' && lies.test(text) ? 'resting-animal' : kind.shape;
    return standIn({ shape, size: kind.size }, { index, count }, action, planning);
  });
}

/** Whether the words of a shot name somebody whom a figure could stand for. */
export function namesSomebody(shot: ScriptShot): boolean {
  const text = blankQuotes(shot.flat.text);
  return kindsIn(text).length > 0 || pronoun.test(text);
}

const pronoun = /\b(?:she|he)\b|[她他](?!们)/iu;

const lies = /\b(?:sleep\w*|asleep|lies|lying|nap(?:s|ping)?|curl(?:s|ed|ing) up)\b|睡|趴|躺|卧/iu;

type Kind = Pick<NounFound, 'shape' | 'size'>;
const somebody: Kind = { shape: 'person', size: 'usual' };

/** One for each word that names another one, three at the most. */
function kindsIn(text: string): Kind[] {
  const known = nounsIn(text);
  const actors = findActors(text)
    .filter(({ from, to }) => known.every(({ at }) => at < from || at >= to))
    .map(({ from, word }) => ({ ...somebody, at: from, word }));
  const found = [...known, ...actors].sort((one, other) => one.at - other.at);
  const named = [...new Map(found.map(({ word, shape, size }) => [word, { shape, size }])).values()].slice(
    0,
    mostFigures,
  );
  const [only] = named;
  return named.length === 1 && only !== undefined && only.shape !== 'thing' && two.test(text) ? [only, only] : named;
}

const colours: Readonly<Record<Mood['hour'], readonly FigureSprite['colour'][]>> = {
  day: [
    [92, 88, 92],
    [120, 96, 84],
  ],
  sunrise: [
    [84, 72, 80],
    [112, 84, 72],
  ],
  night: [
    [98, 106, 138],
    [122, 112, 130],
  ],
};

const bodies: Readonly<Record<Shape, { readonly aspect: number; readonly tall: number }>> = {
  person: { aspect: 0.36, tall: 1 },
  animal: { aspect: 1.4, tall: 0.5 },
  'resting-animal': { aspect: 2.2, tall: 0.3 },
  thing: { aspect: 1, tall: 0.42 },
};

/** A cup is not as large as a car, and a cat not as a horse. */
const sizes: Readonly<Record<Shape, Readonly<Record<NounFound['size'], number>>>> = {
  person: { tiny: 0.5, small: 0.72, usual: 1, large: 1.1 },
  animal: { tiny: 0.6, small: 0.8, usual: 1.1, large: 1.6 },
  'resting-animal': { tiny: 0.6, small: 0.8, usual: 1.1, large: 1.6 },
  thing: { tiny: 0.6, small: 0.8, usual: 1, large: 1.4 },
};

function standIn(
  { shape, size: kind }: { readonly shape: Shape; readonly size: NounFound['size'] },
  { index, count }: { readonly index: number; readonly count: number },
  action: Action,
  planning: ShotPlanning,
): PlannedFigure {
  const { shot, film, camera, mood, seed, materials } = planning;
  const ratio = film.width / film.height;
  const { aspect, tall } = bodies[shape];
  const full = tall * sizes[shape][kind];
  const size = figureSizes[camera.framing];
  const mostWidth = (size.mostWidth * Math.max(1, Math.min(1.7, 1.5 / ratio))) / count;
  const height = Math.min(size.whole * full, (mostWidth * ratio) / aspect);
  const width = (height * aspect) / ratio;
  const pixels = Math.max(24, Math.min(1200, Math.round(width * film.width * 1.3)));
  const colour = colours[mood.hour][index % 2]!;
  const sprite = materials.sprite({
    make: 'figure',
    shape,
    colour,
    width: pixels,
    height: Math.round(pixels / aspect),
  });
  const wide = camera.framing === 'wide' || camera.framing === 'extreme-wide';
  // The words stand below: feet are above them.
  const foot = wide ? 0.86 : Math.max(0.86, size.top + height);
  const x =
    readPosition(shot.flat.text).x ??
    (count === 1 ? 0.5 : 0.5 + (index - (count - 1) / 2) * Math.max(count > 2 ? 0.26 : 0.3, width * 1.1));
  const moves = index === 0 || count === 2 ? action : standing;
  const reach = moves.path === 'across' ? (moves.gait === 'run' ? 0.22 : 0.12) : 0;
  const along = camera.move.startsWith('track-') ? camera.poses : undefined;
  return {
    reference: undefined,
    look: { sprite },
    height,
    width,
    foot,
    from: { x: x - reach / 2 + (along?.from.x ?? 0), depth: moves.path === 'nearer' ? 7 : stageDepth },
    to: {
      x: x + reach / 2 + (along?.to.x ?? 0),
      depth: moves.path === 'away' ? 9 : moves.path === 'nearer' ? 3.6 : stageDepth,
    },
    arrives: 1,
    sticks: [],
    shadow: foot < 1 ? materials.sprite({ make: 'shadow', width: 256, height: 64, strength: 0.4 }) : undefined,
    gait: shape === 'thing' || shape === 'resting-animal' ? 'stand' : moves.gait,
    phase: chance(seed, 5 + index),
  };
}
