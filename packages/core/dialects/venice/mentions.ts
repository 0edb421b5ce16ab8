import type { Reference, Subject } from '../../model/index.ts';
import { numberedSyntax, type TagSeries, tagNumber } from '../mention-syntax.ts';

/** Whether Kling O3 takes the reference as an element: `elements` of the wire, in the order of the request. */
export function isElement(reference: Reference): reference is Subject {
  return reference.kind === 'subject';
}

/** Whether Kling O3 takes the reference as a scene image, in the order of the request. A plain image has no other place there. */
export function isSceneImage(reference: Reference): boolean {
  return reference.kind === 'scene' || reference.kind === 'image';
}

/** Whether Grok takes the reference into its flat list of images, in the order of the request. */
export function isFlatImage(reference: Reference): boolean {
  return reference.kind !== 'video' && reference.image !== undefined;
}

// The documents write the tags exactly so, always with a digit. People also type them in small letters, or with the full-width
// sign of a Chinese keyboard: read alike, written as documented.
const elements: TagSeries = {
  mediumOf: (reference) => (isElement(reference) ? elementMedium(reference) : undefined),
  write: (number) => `@Element${number}`,
  numbered: new RegExp(`[@＠]Element${tagNumber}`, 'giu'),
};

const sceneImages: TagSeries = {
  mediumOf: (reference) => (isSceneImage(reference) ? 'image' : undefined),
  write: (number) => `@Image${number}`,
  numbered: new RegExp(`[@＠]Image${tagNumber}`, 'giu'),
};

const flatImages: TagSeries = {
  ...sceneImages,
  mediumOf: (reference) => (isFlatImage(reference) ? 'image' : undefined),
};

function elementMedium({ image, angles = [], clip }: Subject): 'image' | 'clip' | 'several' {
  if (image === undefined) return 'clip';
  return angles.length === 0 && clip === undefined ? 'image' : 'several';
}

/** Kling O3: `@Element1` is the first element, `@Image1` the first scene image. Frames have no tag. */
export const veniceElements = numberedSyntax('venice-elements', [elements, sceneImages]);

/** Grok Imagine: `@Image1` is the first picture, whatever it shows. */
export const veniceImages = numberedSyntax('venice-images', [flatImages]);
