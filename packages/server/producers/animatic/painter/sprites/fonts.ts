import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

/** Parts of Noto Sans SC, each a file of its own. A letter is looked for in this order. */
const parts = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'chinese-simplified'] as const;

const weights = [400, 700] as const;
type Weight = (typeof weights)[number];

const registered = new Set<string>();

/**
 * The value of a canvas's `font` for these letters. The fonts are read from the package, never from the machine; the large one with
 * the Chinese only when something is to be set that the small ones may lack.
 */
export function fontOf(pixels: number, weight: Weight, text: string): string {
  const needed = /[\u0530-\u1dff\u1f00-\u1fff\u2070-\u{10ffff}]/u.test(text) ? parts : parts.slice(0, -1);
  for (const part of needed) register(part, weight);
  return `${pixels}px ${parts.map((part) => familyOf(part, weight)).join(', ')}`;
}

/** A family for each weight: the name alone then chooses the file, whatever the machine has installed. */
function familyOf(part: string, weight: Weight): string {
  return `"refreel ${part} ${weight}"`;
}

function register(part: (typeof parts)[number], weight: Weight): void {
  const family = familyOf(part, weight).slice(1, -1);
  if (registered.has(family)) return;
  registered.add(family);
  const files = join(dirname(fileURLToPath(import.meta.resolve('@fontsource/noto-sans-sc/package.json'))), 'files');
  const file = join(files, `noto-sans-sc-${part}-${weight}-normal.woff2`);
  if (GlobalFonts.registerFromPath(file, family) === null) throw new Error(`The font ${file} cannot be read.`);
}
