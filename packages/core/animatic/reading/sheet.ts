import { type Facts, type ImageFacts, type Media, plainPrompt, type Request } from '../../model/index.ts';

/** A storyboard picture: panels of one size, read line by line. */
export interface Sheet {
  readonly media: Media;
  readonly grid: NonNullable<ImageFacts['grid']>;
}

/** Panes of a window are a grid as well: few panels are a storyboard where the words say so. */
const surelyPanels = 6;
const storyboardWords = /\b(?:story\s?boards?|panels?|comic strip|contact sheet)\b|分镜|故事板|宫格|连环画/iu;

/** The only reference, where it is a picture of several panels. Undefined for every other request. */
export function sheetOf({ references, shots }: Request, facts: Facts): Sheet | undefined {
  const [reference] = references;
  if (reference === undefined || references.length > 1 || shots.length > 1) return undefined;
  if (reference.kind === 'video' || reference.image === undefined) return undefined;
  const picture = facts.media[reference.image];
  return picture?.kind === 'image' && picture.grid !== undefined
    ? { media: reference.image, grid: picture.grid }
    : undefined;
}

/** Panels that are to be told one after the other although no list of shots says so; 0 where the picture is just a picture. */
export function panelsToTell(request: Request, facts: Facts): number {
  const sheet = sheetOf(request, facts);
  if (sheet === undefined || request.references[0]?.kind !== 'image') return 0;
  const panels = sheet.grid.columns * sheet.grid.rows;
  const words = request.shots.map(({ prompt }) => plainPrompt(prompt, request.references)).join(' ');
  return panels >= surelyPanels || storyboardWords.test(words) ? panels : 0;
}
