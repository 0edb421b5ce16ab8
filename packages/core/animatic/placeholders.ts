import { type Film, type Framing, languageOf, plainPrompt, type Request } from '../model/index.ts';
import { figureSizes } from './camera.ts';
import type { Mood } from './mood.ts';
import type { PlannedFigure } from './plan.ts';
import { chance } from './random.ts';
import type { ScriptShot } from './script.ts';
import type { FigureSprite } from './sprite.ts';
import type { SpriteBook } from './sprites.ts';
import { textSizes } from './text-sizes.ts';
import { breakLines, textWidth } from './text-width.ts';

const people =
  /\b(?:man|woman|men|women|girl|boy|person|people|child|kid|singer|dancer|astronaut|chef|teacher|she|he|they|couple)\b|人|女孩|男孩|女生|少年|少女|歌手|舞者|孩子|她|他|老师|医生/iu;
const animals =
  /\b(?:cat|kitten|dog|puppy|horse|fox|rabbit|wolf|bear|lion|tiger|deer|elephant)\b|猫|狗|马|狐|兔|狼|熊|狮|虎|鹿|象/iu;

/** A plain figure for somebody whom the words name and no picture shows, so that a film of words alone still has somebody in it. */
export function extraFigures(
  shot: ScriptShot,
  film: Film,
  framing: Framing,
  mood: Mood,
  seed: number,
  book: SpriteBook,
): PlannedFigure[] {
  const text = shot.flat.text;
  const shape: FigureSprite['shape'] | undefined = people.test(text)
    ? 'person'
    : animals.test(text)
      ? 'animal'
      : undefined;
  if (shape === undefined) return [];
  const aspect = shape === 'person' ? 0.36 : 1.4;
  const frameRatio = film.width / film.height;
  const size = figureSizes[framing];
  const whole = shape === 'person' ? size.whole : size.whole * 0.55;
  const height = Math.min(whole, (size.mostWidth * frameRatio) / aspect);
  const width = (height * aspect) / frameRatio;
  const colour: FigureSprite['colour'] = mood.hour === 'night' ? [58, 66, 92] : [92, 88, 92];
  const pixels = Math.min(1200, Math.round(width * film.width * 1.3));
  const sprite = book.add({ make: 'figure', shape, colour, width: pixels, height: Math.round(pixels / aspect) });
  const foot = framing === 'wide' || framing === 'extreme-wide' ? 0.9 : Math.max(0.92, size.top + height);
  return [
    {
      reference: undefined,
      look: { sprite },
      height,
      width,
      foot,
      from: { x: 0.46, depth: 4 },
      to: { x: 0.54, depth: 4 },
      arrives: 1,
      sticks: [],
      shadow: foot < 1 ? book.add({ make: 'shadow', width: 256, height: 64, strength: 0.4 }) : undefined,
      gait: 'walk',
      phase: chance(seed, 5),
    },
  ];
}

/** The shot's own words at the foot of the frame, where no picture of a subject tells what happens. Shortened to two lines. */
export function captionOf(shot: ScriptShot, request: Request, film: Film, book: SpriteBook): string | undefined {
  const text = plainPrompt(shot.prompt, request.references).replace(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  const { caption: pixels } = textSizes(film.width, film.height);
  const mostWidth = Math.round(film.width * 0.84);
  const most = (mostWidth / pixels) * 0.94;
  const lines = breakLines(shorten(text, most * 1.9), most).slice(0, 2);
  return book.add({
    make: 'text',
    lines,
    pixels,
    weight: 400,
    colour: [246, 246, 246],
    align: 'centre',
    box: 0.42,
    mostWidth,
  });
}

function shorten(text: string, ems: number): string {
  if (textWidth(text) <= ems) return text;
  let kept = '';
  for (const letter of text) {
    if (textWidth(kept + letter) > ems - 1) break;
    kept += letter;
  }
  const atWord = languageOf(text) === 'en' ? kept.replace(/\s+\S*$/, '') : kept;
  return `${atWord.replace(/[\s,.;:，。；：、]+$/u, '')}…`;
}
