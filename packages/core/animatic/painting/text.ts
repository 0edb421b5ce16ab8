import type { TextSprite } from '../sprite.ts';
import { type Brush, type Easel, readCanvas } from './easel.ts';
import { type FontPart, fontOf } from './fonts.ts';
import { settable } from './letters.ts';
import type { Rgba } from './rgba.ts';

// All in sizes of the letters.
const lineHeight = 1.36;
/** From the middle of a line down to the baseline: capitals and Han characters then both look centred. */
const baseline = 0.37;
const boxSides = 0.55;
const boxEnds = 0.22;
const boxRadius = 0.32;
const outline = 0.055;
const glow = 0.22;

/** Lines of text, outlined or in a dark box. The sprite is as wide as its longest line, `mostWidth` at most. The easel knows the fonts of these parts. */
export function makeText(sprite: TextSprite, easel: Easel, parts: readonly FontPart[]): Rgba {
  const { pixels, weight, align, box, mostWidth } = sprite;
  const font = fontOf(pixels, weight, parts);
  const around = Math.ceil(pixels * (box > 0 ? boxSides : glow + outline));
  const ends = Math.ceil(pixels * (box > 0 ? boxEnds : glow));
  const room = Math.max(mostWidth - 2 * around, 1);
  const measure = easel.canvas(1, 1);
  measure.font = font;
  const widthOf = (text: string) => measure.measureText(text).width;
  const lines = sprite.lines.map((line) => settable(line, widthOf));
  const widths = lines.map(widthOf);
  const inner = Math.min(Math.max(1, ...widths), room);
  const width = Math.ceil(inner + 2 * around);
  const height = Math.ceil(Math.max(lines.length, 1) * pixels * lineHeight + 2 * ends);

  const context = easel.canvas(width, height);
  if (box > 0) {
    context.fillStyle = `rgba(8, 10, 14, ${box})`;
    context.beginPath();
    context.roundRect(0, 0, width, height, pixels * boxRadius);
    context.fill();
  }
  context.font = font;
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  const colour = `rgb(${sprite.colour.join(', ')})`;
  for (const [index, line] of lines.entries()) {
    const measured = Math.max(widths[index]!, 1);
    const narrower = Math.min(room / measured, 1);
    const free = inner - measured * narrower;
    const x = around + (align === 'left' ? 0 : align === 'right' ? free : free / 2);
    const y = ends + (index + 0.5) * pixels * lineHeight + baseline * pixels;
    context.save();
    context.translate(x, y);
    context.scale(narrower, 1);
    if (box === 0) drawOutline(context, line, pixels);
    context.fillStyle = colour;
    context.fillText(line, 0, 0);
    context.restore();
  }
  return { data: readCanvas(context, width, height), width, height, opaque: false };
}

/** A thin dark line that keeps the letters' shape on bright ground, in a soft shade that lifts them off busy ground. */
function drawOutline(context: Brush, line: string, pixels: number): void {
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)';
  context.lineWidth = pixels * outline * 2;
  context.shadowColor = 'rgba(0, 0, 0, 0.55)';
  context.shadowBlur = pixels * glow;
  context.shadowOffsetY = pixels * 0.03;
  context.strokeText(line, 0, 0);
  context.shadowColor = 'transparent';
}
