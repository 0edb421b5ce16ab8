import type { Box, Facts, Mask, Media, Reference } from '../../model/index.ts';

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

/** A picture in which nothing stands out: the whole of it is shown, in a frame of its own. */
export interface CardLook {
  readonly kind: 'card';
  readonly media: Media;
  readonly aspect: number;
  readonly width: number;
}

/** A clip of somebody that plays in a frame of its own. */
export interface ClipLook {
  readonly kind: 'clip';
  readonly media: Media;
  readonly aspect: number;
  readonly seconds: number;
}

export type Look = CutoutLook | CardLook | ClipLook;

/** How a reference looks in a shot; undefined for a scene, for a video that only guides or is edited, and for what was not measured. */
export function lookOf(reference: Reference, angle: number | undefined, facts: Facts): Look | undefined {
  switch (reference.kind) {
    case 'scene':
      return undefined;
    case 'video':
      return reference.use === 'subject' ? clipLook(reference.video, facts) : undefined;
    case 'image':
      return pictureLook(reference.image, facts);
    case 'subject': {
      const view = angle === undefined ? undefined : reference.angles?.[angle];
      return pictureLook(view, facts) ?? pictureLook(reference.image, facts) ?? clipLook(reference.clip, facts);
    }
  }
}

function pictureLook(media: Media | undefined, facts: Facts): CutoutLook | CardLook | undefined {
  const image = media === undefined ? undefined : facts.media[media];
  if (media === undefined || image?.kind !== 'image') return undefined;
  const { mask } = image;
  if (mask === undefined || mask.coverage > 0.96) {
    return { kind: 'card', media, aspect: image.width / image.height, width: image.width };
  }
  const { box, cut } = mask;
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
