import type { Box, Colour, Media } from '../model/index.ts';

/** Soft light that a scene throws on what stands in it. Colours are sRGB, 0 to 255. */
export interface Light {
  /** Mean colour of the scene's upper part: what falls on the subject from above. */
  readonly key: Colour;
  /** Mean colour of the scene's ground: what is thrown back from below. */
  readonly fill: Colour;
  /** How far the subject is moved towards it, 0 to 1. */
  readonly amount: number;
}

/** A subject freed from its background, trimmed to `box`. */
export interface CutoutSprite {
  readonly make: 'cutout';
  readonly media: Media;
  /** The mask's box, in fractions of the picture: what is kept. */
  readonly box: Box;
  /** Mirrored left to right. */
  readonly flip: boolean;
  readonly light: Light | undefined;
  /** Edges where the photograph cuts the subject and the frame does not hide it: they fade out softly. */
  readonly feather: readonly ('left' | 'top' | 'right' | 'bottom')[];
  /** Pixels of the sprite: as large as it is ever drawn. */
  readonly width: number;
  readonly height: number;
}

/** A part of a picture as it is: a scene, a frame, a style, a storyboard panel. */
export interface PictureSprite {
  readonly make: 'picture';
  readonly media: Media;
  /** The part that is shown, in fractions of the picture. */
  readonly crop: Box;
  /** Corner radius in pixels; above 0 the picture has a thin border and a soft shadow is drawn apart. */
  readonly radius: number;
  /** Standard deviation of a Gaussian blur in pixels of the sprite; 0 for none. */
  readonly blur: number;
  /** Factors of red, green and blue that give the picture another hour; undefined leaves it as it is. */
  readonly grade: readonly [number, number, number] | undefined;
  readonly width: number;
  readonly height: number;
}

/** Lines of text, set in Noto Sans (Latin and Simplified Chinese). The painter's font decides the width; lines are already broken. */
export interface TextSprite {
  readonly make: 'text';
  readonly lines: readonly string[];
  /** Size of the letters in pixels. */
  readonly pixels: number;
  readonly weight: 400 | 700;
  readonly colour: Colour;
  readonly align: 'left' | 'centre' | 'right';
  /** Opacity of a dark, rounded box behind the text; 0 for none, then the letters have a soft dark outline. */
  readonly box: number;
  /** Height is that of the lines; the width is measured, and no wider than this: longer lines are set narrower. */
  readonly mostWidth: number;
}

/** A soft dark ellipse: the contact of a subject with the ground. */
export interface ShadowSprite {
  readonly make: 'shadow';
  readonly width: number;
  readonly height: number;
  /** Opacity in the middle. */
  readonly strength: number;
}

/** What stands in for a scene where none was given: sky, ground, a sun or a moon. */
export interface BackdropSprite {
  readonly make: 'backdrop';
  readonly width: number;
  readonly height: number;
  readonly skyTop: Colour;
  readonly skyLow: Colour;
  readonly groundFar: Colour;
  readonly groundNear: Colour;
  /** Height of the horizon, 0 at the top. */
  readonly horizon: number;
  /** Silhouette at the horizon. */
  readonly skyline: 'plain' | 'hills' | 'city' | 'trees' | 'waves' | 'room';
  /** `x` and `y` are fractions of the frame, `radius` is a fraction of its height. */
  readonly disc:
    | { readonly x: number; readonly y: number; readonly radius: number; readonly colour: Colour }
    | undefined;
  /** Chooses the shape of the skyline; the same seed draws the same shape everywhere. */
  readonly seed: number;
}

/** A plain figure in a soft colour: somebody whom the prompt names and no picture shows. */
export interface FigureSprite {
  readonly make: 'figure';
  readonly shape: 'person' | 'animal' | 'resting-animal' | 'thing';
  readonly colour: Colour;
  readonly width: number;
  readonly height: number;
}

/** A soft round dot: rain, snow, dust. */
export interface DotSprite {
  readonly make: 'dot';
  readonly colour: Colour;
  readonly width: number;
  readonly height: number;
}

/** How a painter makes a picture before the first frame: a closed union, like the draw list. */
export type Sprite =
  | CutoutSprite
  | PictureSprite
  | TextSprite
  | ShadowSprite
  | BackdropSprite
  | FigureSprite
  | DotSprite;
