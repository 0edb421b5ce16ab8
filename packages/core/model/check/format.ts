import type { Card, Format } from '../card.ts';
import type { Facts } from '../facts.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import type { Request } from '../request.ts';
import { type Findings, noFindings } from './setting.ts';

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

const sizeText = (size: { width: number; height: number }) => `${size.width}x${size.height}`;

const sameRatio = (ratio: string, size: { width: number; height: number }) => {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  return Math.abs(across / down - size.width / size.height) < 0.01;
};

/** Chooses the film's shape from what the request says of size, ratio, tier and mode. Undefined where nothing fits: then a problem says why. */
export function chooseFormat(request: Request, card: Card, facts: Facts): Findings & { format: Format | undefined } {
  const found = noFindings();
  const format = card.formats.list.length === 0 ? anyFormat(request, card, found) : listedFormat(request, card, found);
  if (format === undefined) return { ...found, format };
  return { ...found, format: followed(request, card, facts, format, found) };
}

function anyFormat(request: Request, card: Card, found: Findings): Format | undefined {
  const { from, to } = card.formats.anySide ?? { from: 2, to: 8192 };
  const size = request.size ?? pixelsOf(request.ratio ?? '16:9', request.tier ?? '720p');
  const path = request.size === undefined ? (request.tier === undefined ? 'ratio' : 'tier') : 'size';
  if (size.width % 2 === 1 || size.height % 2 === 1) {
    const even = { width: size.width + (size.width % 2), height: size.height + (size.height % 2) };
    found.problems.push(problem('size_odd', path, { found: sizeText(size), limit: sizeText(even) }));
    return undefined;
  }
  if (Math.min(size.width, size.height) < from || Math.max(size.width, size.height) > to) {
    const limit = { en: `sides of ${from} to ${to} pixels`, zh: `每边 ${from} 至 ${to} 像素` };
    found.problems.push(
      problem('format_not_offered', path, { found: sizeText(size), model: card.id, limit }, card.formats.source),
    );
    return undefined;
  }
  if (request.size !== undefined && request.ratio !== undefined && !sameRatio(request.ratio, request.size)) {
    const limit = {
      en: `ratio ${ratioOf(size.width, size.height)} at this size`,
      zh: `该尺寸的宽高比为 ${ratioOf(size.width, size.height)}`,
    };
    found.problems.push(
      problem('format_not_offered', 'ratio', { found: `${sizeText(size)} ${request.ratio}`, model: card.id, limit }),
    );
    return undefined;
  }
  return {
    ...size,
    ratio: request.ratio ?? ratioOf(size.width, size.height),
    tier: request.tier ?? `${Math.min(size.width, size.height)}p`,
  };
}

function listedFormat(request: Request, card: Card, found: Findings): Format | undefined {
  const { list, size: sizeMeans, namedSizes, source } = card.formats;
  const follows = followedPicture(request, card) !== undefined;
  const { size } = request;
  let left = list;
  const narrow = (path: string, asked: string, keep: (format: Format) => boolean): boolean => {
    const kept = left.filter(keep);
    if (kept.length === 0) {
      const offered =
        path === 'size' && namedSizes !== undefined ? namedSizes.map(sizeText) : left.map((one) => offer(one, path));
      found.problems.push(
        problem('format_not_offered', path, { found: asked, model: card.id, limit: [...new Set(offered)] }, source),
      );
      return false;
    }
    left = kept;
    return true;
  };
  if (request.mode !== undefined && list.some((format) => format.mode !== undefined)) {
    if (!list.some((format) => format.mode === request.mode)) return list[0];
    left = left.filter((format) => format.mode === request.mode);
  } else if (size !== undefined && sizeMeans === 'ratio' && request.tier === undefined) {
    // Only the ratio of a size counts here: its pixels must not choose another, dearer mode.
    const usual = left.filter((format) => format.mode === card.mode?.default);
    if (usual.length > 0) left = usual;
  }
  if (size !== undefined) {
    const exact = (format: Format) => format.width === size.width && format.height === size.height;
    const named = namedSizes?.some((one) => one.width === size.width && one.height === size.height) === true;
    const byRatio = sizeMeans === 'ratio' && (named || left.some(exact));
    if (!narrow('size', sizeText(size), byRatio ? (format) => sameRatio(format.ratio, size) : exact)) return undefined;
    const exactLeft = left.filter(exact);
    if (exactLeft.length > 0) left = exactLeft;
    else
      found.notes.push(
        makeNote('size_by_ratio', 'size', { found: sizeText(size), model: card.id, limit: sizeText(left[0]!) }, source),
      );
  }
  if (
    request.ratio !== undefined &&
    !follows &&
    !narrow('ratio', request.ratio, (format) => format.ratio === request.ratio)
  )
    return undefined;
  if (request.tier !== undefined && !narrow('tier', request.tier, (format) => format.tier === request.tier))
    return undefined;
  return left[0];
}

function offer(format: Format, path: string): string {
  if (path === 'ratio') return format.ratio;
  if (path === 'tier') return format.tier;
  return sizeText(format);
}

function followedPicture(
  request: Request,
  card: Card,
): { media: string; what: 'startFrame' | 'firstPicture' } | undefined {
  for (const what of card.formats.follows ?? []) {
    if (what === 'startFrame' && request.startFrame !== undefined) return { media: request.startFrame, what };
    const first = request.references[0];
    if (what === 'firstPicture' && first !== undefined && first.kind !== 'video' && first.image !== undefined)
      return { media: first.image, what };
  }
  return undefined;
}

function followed(request: Request, card: Card, facts: Facts, format: Format, found: Findings): Format {
  const picture = followedPicture(request, card);
  if (picture === undefined) return format;
  const limit =
    picture.what === 'startFrame'
      ? { en: 'the start frame', zh: '首帧' }
      : { en: "the first reference's picture", zh: '第一张参考图' };
  const measured = facts.media[picture.media];
  const ratio = measured?.kind === 'image' ? ratioOf(measured.width, measured.height) : undefined;
  if (request.ratio !== undefined && request.ratio !== ratio)
    found.notes.push(
      makeNote('ratio_follows', 'ratio', { found: request.ratio, model: card.id, limit }, card.formats.source),
    );
  if (ratio === undefined) return format;
  return { ...format, ...pixelsOf(ratio, format.tier), ratio };
}
