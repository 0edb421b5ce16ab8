import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

/** Parts of Noto Sans SC, each a file of its own. A letter is looked for in this order. */
const parts = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'chinese-simplified'] as const;

const weights = [400, 700] as const;
type Weight = (typeof weights)[number];

let registered = false;

/** The value of a canvas's `font`. The fonts are read from the package when first asked for, never from the machine. */
export function fontOf(pixels: number, weight: Weight): string {
  if (!registered) registerFonts();
  registered = true;
  return `${pixels}px ${parts.map((part) => familyOf(part, weight)).join(', ')}`;
}

/** A family for each weight: the name alone then chooses the file, whatever the machine has installed. */
function familyOf(part: string, weight: Weight): string {
  return `"refreel ${part} ${weight}"`;
}

function registerFonts(): void {
  const files = join(dirname(fileURLToPath(import.meta.resolve('@fontsource/noto-sans-sc/package.json'))), 'files');
  for (const part of parts)
    for (const weight of weights) {
      const file = join(files, `noto-sans-sc-${part}-${weight}-normal.woff2`);
      if (GlobalFonts.registerFromPath(file, familyOf(part, weight).slice(1, -1)) === null)
        throw new Error(`The font ${file} cannot be read.`);
    }
}
