import type { Box, Facts, ImageFacts, Mask, Media, Reference, Request } from '../model/index.ts';
import { blankQuotes } from '../model/prompt/quotes.ts';
import type { ScriptShot } from './script.ts';

/** A picture of somebody, ready to be cut out and put on the stage. */
export interface CutoutLook {
  readonly kind: 'cutout';
  readonly media: Media;
  readonly box: Box;
  readonly cut: Mask['cut'];
  /** The photograph shows only a part of the body: it must not hang in the air. */
  readonly partial: boolean;
  /** Width to height of the box in pixels. */
  readonly aspect: number;
  /** Pixels of the box in its picture: larger is of no use. */
  readonly width: number;
}

/** A clip of somebody that plays in a frame of its own. */
export interface ClipLook {
  readonly kind: 'clip';
  readonly media: Media;
  readonly aspect: number;
  readonly seconds: number;
}

export type Look = CutoutLook | ClipLook;

/** A picture in which nothing stands out: the whole of it is shown. */
const wholePicture: Mask = {
  box: { left: 0, top: 0, right: 1, bottom: 1 },
  coverage: 1,
  cut: { left: true, top: true, right: true, bottom: true },
};

/** How a reference looks in a shot; undefined for a scene, for what only guides, and for what was not measured. */
export function lookOf(reference: Reference, angle: number | undefined, facts: Facts): Look | undefined {
  if (reference.kind === 'scene') return undefined;
  if (reference.kind === 'video') return reference.use === 'edit' ? undefined : clipLook(reference.video, facts);
  if (reference.kind === 'subject') {
    const view = angle === undefined ? undefined : reference.angles?.[angle];
    const picture = view ?? reference.image;
    return (picture === undefined ? undefined : pictureLook(picture, facts)) ?? clipLook(reference.clip, facts);
  }
  return pictureLook(reference.image, facts);
}

function pictureLook(media: Media, facts: Facts): CutoutLook | undefined {
  const image = facts.media[media];
  if (image?.kind !== 'image') return undefined;
  const { box, cut } = image.mask ?? wholePicture;
  const width = Math.max(1, Math.round((box.right - box.left) * image.width));
  const height = Math.max(1, Math.round((box.bottom - box.top) * image.height));
  const partial = cut.bottom || cut.top || box.bottom > 0.985;
  return { kind: 'cutout', media, box, cut, partial, aspect: width / height, width };
}

function clipLook(media: Media | undefined, facts: Facts): ClipLook | undefined {
  const video = media === undefined ? undefined : facts.media[media];
  if (media === undefined || video?.kind !== 'video') return undefined;
  return { kind: 'clip', media, aspect: video.width / video.height, seconds: video.seconds };
}

const placeWords =
  /(?:\b(?:in|at|through|on|inside|across|into|around|of|along|against)\s+(?:the\s+|a\s+|an\s+)?|在|于|穿过|走进|进入|来到|以|背景)$/iu;

/** The pictures that are places: scenes, and images whose role nobody gave and which look and are spoken of like a place. */
export function scenesOf(request: Request, script: readonly ScriptShot[], facts: Facts): Reference[] {
  return request.references.filter((reference) => {
    if (reference.kind === 'scene') return true;
    if (reference.kind !== 'image') return false;
    const image = facts.media[reference.image];
    return image?.kind === 'image' && isPlace(reference, image, script);
  });
}

function isPlace(reference: Reference, image: ImageFacts, script: readonly ScriptShot[]): boolean {
  if (image.mask === undefined) return true;
  const { cut, coverage } = image.mask;
  const cutEdges = [cut.left, cut.top, cut.right, cut.bottom].filter(Boolean).length;
  const spokenOfAsPlace = script.some(({ flat }) => {
    const text = blankQuotes(flat.text);
    return [...flat.mentions].some(
      ([at, mention]) => mention.mention === reference.id && placeWords.test(text.slice(0, at)),
    );
  });
  return spokenOfAsPlace && (cutEdges >= 3 || coverage > 0.55);
}
