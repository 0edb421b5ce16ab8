import type { Card, Format } from '../card.ts';
import type { Facts } from '../facts.ts';
import type { Localized } from '../language.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import type { Request, Size } from '../request.ts';
import { measuredOf } from './measured.ts';
import { type Findings, noFindings } from './setting.ts';
import { sizeWords, withSettings } from './words.ts';

/** Pixels of a ratio at a tier, where a vendor gives only these two: the short side is the tier, the long one rounded to even. */
export function pixelsOf(ratio: string, tier: string): { width: number; height: number } {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const short = Number.parseInt(tier, 10);
  const long = (exact: number) => Math.round(exact / 2) * 2;
  return across >= down
    ? { width: long((short * across) / down), height: short }
    : { width: short, height: long((short * down) / across) };
}

/** "16:9" of 1280 x 720. */
export function ratioOf(width: number, height: number): string {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(width, height);
  return `${width / common}:${height / common}`;
}

const samePixels = (one: Size, other: Size) => one.width === other.width && one.height === other.height;

/** Within a hundredth: 854x480 is 16:9. */
const sameRatio = (ratio: string, { width, height }: Size) => {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  return Math.abs((across * height) / (down * width) - 1) < 0.01;
};

/** Chooses the film's shape from what the request says of size, ratio, tier and mode. Undefined where nothing fits: then a problem says why. */
export function chooseFormat(request: Request, card: Card, facts: Facts): Findings & { format: Format | undefined } {
  const found = noFindings();
  if (card.formats.list.length === 0) return { ...found, format: anyFormat(request, card, found) };
  const picture = followedPicture(request, card);
  const format = listedFormat(request, card, picture !== undefined, found);
  if (format === undefined || picture === undefined) return { ...found, format };
  return { ...found, format: followed(request, card, facts, format, picture, found) };
}

/** A film of any even size: an exact one, or a ratio at a tier, 16:9 and 720p where they are not said. */
function anyFormat(request: Request, card: Card, found: Findings): Format | undefined {
  const { from, to } = card.formats.anySide ?? { from: 2, to: 8192 };
  const { size, ratio, tier } = request;
  const refuse = (
    path: 'size' | 'ratio' | 'tier',
    asked: string,
    limit: Localized | string,
    beside: Partial<Request>,
  ) => {
    const values = { found: asked, model: card.id, limit, condition: withSettings(beside) };
    found.problems.push(problem('format_not_offered', path, values, card.formats.source));
    return undefined;
  };
  const pixels = size ?? pixelsOf(ratio ?? '16:9', tier ?? '720p');
  const { width, height } = pixels;
  const path = size !== undefined ? 'size' : tier !== undefined ? 'tier' : 'ratio';
  if (Math.min(width, height) < from || Math.max(width, height) > to)
    return refuse(
      path,
      sizeWords(pixels),
      { en: `sides of ${from} to ${to} pixels`, zh: `每边 ${from} 至 ${to} 像素` },
      {},
    );
  if (width % 2 === 1 || height % 2 === 1) {
    const even = { width: width + (width % 2), height: height + (height % 2) };
    found.problems.push(problem('size_odd', path, { found: sizeWords(pixels), limit: sizeWords(even) }));
    return undefined;
  }
  const ownTier = `${Math.min(width, height)}p`;
  if (size !== undefined && ratio !== undefined && !sameRatio(ratio, size))
    return refuse('ratio', ratio, ratioOf(width, height), { size });
  if (size !== undefined && tier !== undefined && tier !== ownTier) return refuse('tier', tier, ownTier, { size });
  return { ...pixels, ratio: ratio ?? ratioOf(width, height), tier: ownTier };
}

/** The first of the listed formats that has all that is asked. */
function listedFormat(request: Request, card: Card, follows: boolean, found: Findings): Format | undefined {
  const { list, namedSizes, source } = card.formats;
  const { size, ratio, tier, mode } = request;
  const beside: { -readonly [Key in keyof Request]?: Request[Key] } = {};
  let left = list;
  const refuse = (path: string, asked: string, offered: readonly string[]) => {
    const values = { found: asked, model: card.id, limit: [...new Set(offered)], condition: withSettings(beside) };
    found.problems.push(problem('format_not_offered', path, values, source));
    return undefined;
  };
  // A mode that no format has is refused with the other settings.
  if (mode !== undefined && list.some((format) => format.mode === mode)) {
    left = list.filter((format) => format.mode === mode);
    beside.mode = mode;
  } else if (size !== undefined && namedSizes !== undefined && tier === undefined) {
    // Only the ratio of a named size counts: its pixels must not choose another, dearer mode.
    left = list.filter((format) => format.mode === card.mode?.default || format.mode === undefined);
  }
  if (size !== undefined) {
    const fits = formatsOfSize(size, left, card, follows);
    if (fits.length === 0) return refuse('size', sizeWords(size), (namedSizes ?? left).map(sizeWords));
    left = fits;
    beside.size = size;
    if (!follows && !left.some((format) => samePixels(format, size))) {
      const values = { found: sizeWords(size), model: card.id, limit: sizeWords(left[0]!) };
      found.notes.push(makeNote('size_by_ratio', 'size', values, source));
    }
  }
  if (ratio !== undefined && !follows) {
    const fits = left.filter((format) => format.ratio === ratio);
    if (fits.length === 0)
      return refuse(
        'ratio',
        ratio,
        left.map((format) => format.ratio),
      );
    left = fits;
    beside.ratio = ratio;
  }
  if (tier !== undefined) {
    const fits = left.filter((format) => format.tier === tier);
    if (fits.length === 0)
      return refuse(
        'tier',
        tier,
        left.map((format) => format.tier),
      );
    left = fits;
  }
  return left[0];
}

/** Formats that a size may mean: its exact pixels; else its ratio, where sizes are named only for that; else its tier, where a picture gives the ratio. */
function formatsOfSize(size: Size, formats: readonly Format[], card: Card, follows: boolean): Format[] {
  const exact = formats.filter((format) => samePixels(format, size));
  if (exact.length > 0) return exact;
  if (card.formats.namedSizes?.some((named) => samePixels(named, size)) === true)
    return formats.filter((format) => sameRatio(format.ratio, size));
  return follows ? formats.filter((format) => format.tier === `${Math.min(size.width, size.height)}p`) : [];
}

interface FollowedPicture {
  readonly media: string;
  readonly words: Localized;
}

/** The picture that gives the film its ratio, if there is one. */
function followedPicture(request: Request, card: Card): FollowedPicture | undefined {
  for (const what of card.formats.follows ?? []) {
    if (what === 'startFrame' && request.startFrame !== undefined)
      return { media: request.startFrame, words: { en: 'the start frame', zh: '首帧' } };
    const first = request.references[0];
    if (what === 'firstPicture' && first !== undefined && first.kind !== 'video' && first.image !== undefined)
      return { media: first.image, words: { en: "the first reference's picture", zh: '第一张参考图' } };
  }
  return undefined;
}

/** The format with the picture's ratio, and a note for a ratio or size that was asked and will not be made. */
function followed(
  request: Request,
  card: Card,
  facts: Facts,
  format: Format,
  picture: FollowedPicture,
  found: Findings,
): Format {
  const { source } = card.formats;
  const measured = measuredOf(facts, picture.media);
  const shape = measured?.kind === 'image' ? withRatioOf(measured, format, card) : undefined;
  const { ratio, size } = request;
  const asAsked = ratio !== undefined && shape !== undefined && samePixels(shape, pixelsOf(ratio, shape.tier));
  const made = asAsked ? { ...shape, ratio } : (shape ?? format);
  const note = (path: 'ratio' | 'size', asked: string) =>
    found.notes.push(makeNote('ratio_follows', path, { found: asked, model: card.id, limit: picture.words }, source));
  if (ratio !== undefined && (shape === undefined || made.ratio !== ratio)) note('ratio', ratio);
  if (size !== undefined && (shape === undefined || !samePixels(made, size))) note('size', sizeWords(size));
  return made;
}

/** The listed format of a picture's ratio, else one of its exact ratio at the same tier. */
function withRatioOf(picture: Size, format: Format, card: Card): Format {
  const listed = card.formats.list.find(
    (one) => one.tier === format.tier && one.mode === format.mode && sameRatio(one.ratio, picture),
  );
  if (listed !== undefined) return listed;
  const ratio = ratioOf(picture.width, picture.height);
  return { ...format, ...pixelsOf(ratio, format.tier), ratio };
}
