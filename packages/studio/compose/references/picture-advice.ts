import type { Advice, AdviceCode } from '@refreel/core/model';

/** What is said of a picture for what was measured of it: shown beside the picture. */
const codes = [
  'picture_blurred',
  'picture_dark',
  'picture_bright',
  'subject_small',
  'picture_few_pixels',
  'background_busy',
  'scene_cluttered',
  'scene_image_small',
  'picture_styles_mixed',
] as const satisfies readonly AdviceCode[];

export type PictureAdvice = Advice & { readonly code: (typeof codes)[number] };

/** Whether an advice is about a picture alone. */
export function isPictureAdvice(advice: Advice): advice is PictureAdvice {
  return (codes as readonly string[]).includes(advice.code);
}
