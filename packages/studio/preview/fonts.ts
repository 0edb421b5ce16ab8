import chinese400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2?url';
import chinese700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff2?url';
import cyrillic400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-cyrillic-400-normal.woff2?url';
import cyrillic700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-cyrillic-700-normal.woff2?url';
import latin400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-400-normal.woff2?url';
import latin700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-700-normal.woff2?url';
import latinMore400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-ext-400-normal.woff2?url';
import latinMore700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-latin-ext-700-normal.woff2?url';
import vietnamese400 from '@fontsource/noto-sans-sc/files/noto-sans-sc-vietnamese-400-normal.woff2?url';
import vietnamese700 from '@fontsource/noto-sans-sc/files/noto-sans-sc-vietnamese-700-normal.woff2?url';
import { type FontPart, type FontWeight, familyOf, partsFor } from '@refreel/core/painting';

/** The server's letters, each part fetched when a text first needs it. */
const files: Readonly<Record<FontPart, Readonly<Record<FontWeight, string>>>> = {
  latin: { 400: latin400, 700: latin700 },
  'latin-ext': { 400: latinMore400, 700: latinMore700 },
  vietnamese: { 400: vietnamese400, 700: vietnamese700 },
  cyrillic: { 400: cyrillic400, 700: cyrillic700 },
  'chinese-simplified': { 400: chinese400, 700: chinese700 },
};

const loading = new Map<string, Promise<void>>();

/**
 * Loads what a text of that weight needs, once, and names it: a worker that has seen a family missing may go on missing it.
 * @throws where a file does not come; asked again, it is tried again
 */
export async function loadFonts(text: string, weight: FontWeight): Promise<readonly FontPart[]> {
  const parts = partsFor(text);
  await Promise.all(parts.map((part) => loadPart(part, weight)));
  return parts;
}

async function loadPart(part: FontPart, weight: FontWeight): Promise<void> {
  const family = familyOf(part, weight);
  const begun = loading.get(family) ?? load(family, files[part][weight]);
  loading.set(family, begun);
  return await begun;
}

async function load(family: string, address: string): Promise<void> {
  try {
    const face = await new FontFace(family, `url("${address}")`).load();
    // A page and a worker each have their own.
    const { fonts } = 'document' in globalThis ? document : (globalThis as unknown as { readonly fonts: FontFaceSet });
    fonts.add(face);
  } catch (error) {
    loading.delete(family);
    throw error;
  }
}
