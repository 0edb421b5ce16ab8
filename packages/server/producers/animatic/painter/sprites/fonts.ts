import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';
import type { TextSprite } from '@refreel/core/animatic';
import { type FontPart, type FontWeight, familyOf, fontParts, partsFor } from '@refreel/core/painting';

const registered = new Set<string>();

/** Makes the fonts of a text known. They are read from the package, never from the machine. It may be set in any that are known. */
export function registerFonts({ lines, weight }: TextSprite): readonly FontPart[] {
  for (const part of partsFor(lines.join(''))) register(part, weight);
  return fontParts;
}

function register(part: FontPart, weight: FontWeight): void {
  const family = familyOf(part, weight);
  if (registered.has(family)) return;
  registered.add(family);
  const files = join(dirname(fileURLToPath(import.meta.resolve('@fontsource/noto-sans-sc/package.json'))), 'files');
  const file = join(files, `noto-sans-sc-${part}-${weight}-normal.woff2`);
  if (GlobalFonts.registerFromPath(file, family) === null) throw new Error(`The font ${file} cannot be read.`);
}
