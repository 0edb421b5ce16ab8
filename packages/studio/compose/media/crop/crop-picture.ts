import type { Pixels } from './crop-box.ts';

/** Draws a part of a picture as a file of its own. PNG where something may be clear, else JPEG. @throws where the browser cannot */
export async function cropPicture(
  picture: HTMLImageElement,
  part: Pixels & { readonly x: number; readonly y: number },
  out: Pixels,
  { name, clear }: { readonly name: string; readonly clear: boolean },
): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = out.width;
  canvas.height = out.height;
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, part.x, part.y, part.width, part.height, 0, 0, out.width, out.height);
  const type = clear ? 'image/png' : 'image/jpeg';
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, 0.95));
  if (blob === null) throw new Error(`a picture of ${out.width} x ${out.height} cannot be written`);
  return new File([blob], `${name}.${clear ? 'png' : 'jpg'}`, { type });
}
