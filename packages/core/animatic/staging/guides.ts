import { guideText } from '../lettering/labels.ts';
import { textSizes } from '../lettering/text-sizes.ts';
import type { Guide } from '../plan.ts';
import type { Planning } from '../planning.ts';
import { evenPixels } from './make-figure.ts';

/** Height of a guide's picture in heights of the frame, and the most of the frame's width that it takes. */
export const guideHeight = 0.2;
const mostWidth = 0.26;

/** Reference videos whose motion or style guides the film: shown small beside it, for those who compare. */
export function makeGuides({ request, film, facts, language, excluded, materials }: Planning): Guide[] {
  const { mark } = textSizes(film.width, film.height);
  return request.references.flatMap((reference) => {
    if (reference.kind !== 'video' || reference.use !== 'feature' || excluded.references.has(reference.id)) return [];
    const video = facts.media[reference.video];
    if (video?.kind !== 'video') return [];
    const aspect = video.width / video.height;
    const width = Math.min(film.height * guideHeight * aspect, film.width * mostWidth);
    const clip = materials.clip({
      media: reference.video,
      width: evenPixels(width),
      height: evenPixels(width / aspect),
      radius: Math.round(film.height * 0.01),
      seconds: video.seconds,
    });
    const label = materials.sprite({
      make: 'text',
      lines: [guideText(reference.name, language)],
      pixels: mark,
      weight: 400,
      colour: [255, 255, 255],
      align: 'left',
      box: 0.36,
      mostWidth: Math.round(film.width * 0.4),
    });
    return [{ clip, label }];
  });
}
