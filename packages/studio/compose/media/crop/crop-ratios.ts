import { type Card, type Film, frameSizes, type Request, ratioOf } from '@refreel/core/model';
import { shapeChoices } from '../../../document/card-choices.ts';
import { type Pixels, ratioNumber } from './crop-box.ts';

/** What a picture is cropped for: the film's first or last picture, a subject, or a place. */
export type CropFor = 'frame' | 'subject' | 'scene';

/** The ratios that are offered, the likeliest first: the film's, those that the model makes, and a square. */
export function cropRatios(card: Card | undefined, film: Film | undefined, what: CropFor): string[] {
  const filmRatio = film === undefined ? [] : [film.ratio];
  const made = card && shapeChoices(card, undefined);
  const ratios = made === undefined ? [] : [...made.ratios, ...made.sizes.map(ratioOfSize)];
  const all = what === 'subject' ? ['1:1', ...filmRatio, ...ratios] : [...filmRatio, ...ratios, '1:1'];
  return [...new Set(all)];
}

/** The exact pixels that a frame must have on this model, of a ratio; undefined where any will do. */
export function exactPixels(
  card: Card | undefined,
  film: Film | undefined,
  request: Request | undefined,
  ratio: string,
): Pixels | undefined {
  if (card?.inputs.framesMatchSize !== true || request === undefined) return undefined;
  const wanted = ratioNumber(ratio);
  return frameSizes(request, card, film).find(({ width, height }) => Math.abs(width / height / wanted - 1) < 0.01);
}

function ratioOfSize(size: string): string {
  const [width = 1, height = 1] = size.split('x').map(Number);
  return ratioOf(width, height);
}
