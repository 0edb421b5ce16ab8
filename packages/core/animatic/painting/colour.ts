import type { Colour } from '../../model/index.ts';

/** BT.709 luma of an sRGB colour, 0 to 255. */
export function lumaOf([red, green, blue]: Colour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Straight between two sRGB colours. */
export function mixColours(a: Colour, b: Colour, t: number): Colour {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** Between two sRGB colours in proportion to light (linear light, then OKLab): a sky from blue to orange does not turn grey on its way. */
export function blendLight(a: Colour, b: Colour, t: number): Colour {
  return fromOklab(mixColours(toOklab(a), toOklab(b), t));
}

/** Brighter (above 1) or darker (below 1) by a factor, never out of range. */
export function shade(colour: Colour, factor: number): Colour {
  return factor > 1 ? mixColours(colour, [255, 255, 255], factor - 1) : mixColours([0, 0, 0], colour, factor);
}

/** An sRGB colour as style sheets and canvases write it. */
export function css(colour: Colour, opacity = 1): string {
  return `rgba(${colour.map((value) => Math.round(value)).join(', ')}, ${opacity})`;
}

// OKLab by Björn Ottosson, https://bottosson.github.io/posts/oklab/ (2020-12-23).
function toOklab(colour: Colour): Colour {
  const [red, green, blue] = colour.map(toLinear) as unknown as Colour;
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Colour): Colour {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function toLinear(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function toSrgb(light: number): number {
  const inside = Math.min(Math.max(light, 0), 1);
  return 255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055);
}
