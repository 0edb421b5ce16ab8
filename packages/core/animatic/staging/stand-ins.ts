import { blankQuotes } from '../../model/prompt/quotes.ts';
import type { PlannedFigure } from '../plan.ts';
import { stageDepth } from '../plan.ts';
import type { ShotPlanning } from '../planning.ts';
import { chance } from '../random.ts';
import { type Action, readAction, standing } from '../reading/action-words.ts';
import type { Mood } from '../reading/mood.ts';
import { readPosition } from '../reading/position-words.ts';
import type { ScriptShot } from '../reading/script.ts';
import type { FigureSprite } from '../sprite.ts';
import { figureSizes } from './camera.ts';

type Shape = FigureSprite['shape'];

const people =
  /\b(?:man|woman|men|women|girl|boy|person|people|child|children|kid|singer|dancer|astronaut|chef|teacher|doctor|couple|friends?|soldier|hero|heroine|king|queen|clerk|runner|detective|robot)\b|女主|男主|女人|男人|女孩|男孩|女生|男生|少年|少女|歌手|舞者|孩子|老师|医生|店员|行人|老人|机器人|(?<!机器|个|别|无)人(?![物称工造脸群类形])/giu;
const animals =
  /\b(?:cat|kitten|dog|puppy|horse|fox|rabbit|wolf|bear|lion|tiger|deer|elephant|bird)s?\b|猫|狗|马(?!路|拉松)|狐|兔|狼|熊|狮|虎|鹿|大象|鸟/giu;
const things = /\b(?:car|ship|boat|rocket|train|lamp|cup|box|chest|map)\b|汽车|火箭|列车|飞船|宝箱|藏宝图|杯/giu;
const two = /\b(?:two|couple|both|pair)\b|两(?:个|人|位|只)|二人|情侣|对望/iu;

/** Plain figures for those whom the words name and no picture shows, so that a film of words alone still has somebody in it. */
export function standIns(planning: ShotPlanning): PlannedFigure[] {
  const { shot, excluded, camera } = planning;
  if (excluded.people) return [];
  const text = blankQuotes(shot.flat.text);
  const shapes = shapesIn(text);
  if (shapes.length === 0 && camera.framing !== 'wide' && camera.framing !== 'extreme-wide' && pronoun.test(text))
    shapes.push('person');
  const action = readAction(text) ?? standing;
  return shapes.map((shape, index) => standIn(shape, index, shapes.length, action, planning));
}

/** Whether the words of a shot name somebody whom a figure could stand for. */
export function namesSomebody(shot: ScriptShot): boolean {
  const text = blankQuotes(shot.flat.text);
  return shapesIn(text).length > 0 || pronoun.test(text);
}

const pronoun = /\b(?:she|he)\b|[她他](?!们)/iu;

/** One for each word that names another one, three at the most. */
function shapesIn(text: string): Shape[] {
  const kinds = [
    ['person', people],
    ['animal', animals],
    ['thing', things],
  ] as const;
  const found = kinds
    .flatMap(([shape, words]) =>
      [...text.matchAll(words)].map((match) => ({ shape, at: match.index, word: match[0].toLowerCase() })),
    )
    .sort((one, other) => one.at - other.at);
  const named = [...new Map(found.map((one) => [one.word, one.shape])).values()].slice(0, 3);
  const [only] = named;
  return named.length === 1 && only !== undefined && only !== 'thing' && two.test(text) ? [only, only] : named;
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
  thing: { aspect: 1, tall: 0.42 },
};

function standIn(shape: Shape, index: number, count: number, action: Action, planning: ShotPlanning): PlannedFigure {
  const { shot, film, camera, mood, seed, materials } = planning;
  const ratio = film.width / film.height;
  const { aspect, tall } = bodies[shape];
  const size = figureSizes[camera.framing];
  const mostWidth = (size.mostWidth * Math.max(1, Math.min(1.7, 1.5 / ratio))) / count;
  const height = Math.min(size.whole * tall, (mostWidth * ratio) / aspect);
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
  const foot = wide ? 0.9 : Math.max(0.93, size.top + height);
  const x =
    readPosition(shot.flat.text).x ??
    (count === 1 ? 0.5 : 0.5 + (index - (count - 1) / 2) * Math.max(count > 2 ? 0.26 : 0.3, width * 1.1));
  const moves = index === 0 || count === 2 ? action : standing;
  const reach = moves.path === 'across' ? (moves.gait === 'run' ? 0.22 : 0.12) : 0;
  const { from, to } = camera.poses;
  return {
    reference: undefined,
    look: { sprite },
    height,
    width,
    foot,
    from: { x: x - reach / 2 + from.x, depth: moves.path === 'nearer' ? 7 : stageDepth },
    to: { x: x + reach / 2 + to.x, depth: moves.path === 'away' ? 9 : moves.path === 'nearer' ? 3.6 : stageDepth },
    arrives: 1,
    sticks: [],
    shadow: foot < 1 ? materials.sprite({ make: 'shadow', width: 256, height: 64, strength: 0.4 }) : undefined,
    gait: shape === 'thing' ? 'stand' : moves.gait,
    phase: chance(seed, 5 + index),
  };
}
