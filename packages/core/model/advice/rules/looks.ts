import type { Facts, ImageFacts, Look } from '../../facts.ts';
import type { Localized } from '../../language.ts';
import { type MediaUse, mediaOf } from '../../reference.ts';
import { mediaOfRequest, type Request } from '../../request.ts';
import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

// Every limit was set with photographs and with the same photographs spoilt: blurred, darkened, burnt out, pasted among others.

/** Edges smeared by two pixels of a copy of 512. Sharp photographs have 0.55 and more, also where their background is not sharp. */
const leastSharpness = 0.2;
/** A picture without edges is blurred, but for one that is of a single colour. */
const mostFlatBlur = 0.9;
const mostBlack = 0.5;
const darkPicture = 0.2;
const mostBurnt = { subject: 0.12, picture: 0.5 };
/** The longer side of the subject, of the picture's. */
const leastFill = 0.4;
/** Pixels of the longer side of the subject. */
const leastPixels = 256;
const mostAround = 0.25;
const mostInScene = 0.3;
/** Smaller pictures have edges everywhere. */
const leastForBusyness = 256;

interface Shown {
  readonly use: MediaUse;
  readonly facts: ImageFacts;
}

/** The pictures of a request that were measured. */
function picturesOf(uses: readonly MediaUse[], facts: Facts): Shown[] {
  return uses.flatMap((use) => {
    const measured = facts.media[use.media];
    return measured?.kind === 'image' ? [{ use, facts: measured }] : [];
  });
}

/** The frontal pictures of subjects: the passport photographs. */
function frontalsOf({ references }: Request, facts: Facts): Shown[] {
  return references.flatMap((reference, index) => {
    if (reference.kind !== 'subject') return [];
    return picturesOf(
      mediaOf(reference, `references[${index}]`).filter(({ role }) => role === 'image'),
      facts,
    );
  });
}

/** The subject's look where it was cut out, else the picture's. */
const lookOf = ({ mask, look }: ImageFacts): Look | undefined => mask?.look ?? look;

/** Venice reference-to-video guide, elements: "a clear frontal photograph of the subject"; and "high-quality" pictures of scenes. */
export const picturesBlurred: Rule = ({ request, facts }) =>
  picturesOf(mediaOfRequest(request), facts).flatMap(({ use, facts: { look, mask } }) => {
    if (look === undefined) return [];
    const sharpness = mask?.look?.sharpness ?? look.sharpness;
    const blurred = sharpness === undefined ? look.flat < mostFlatBlur : sharpness < leastSharpness;
    return blurred ? [makeAdvice('picture_blurred', use.path)] : [];
  });

/** Venice reference-to-video guide, "Best reference images": "well-lit". Of places nothing is said: nights and snow are as they are. */
export const picturesIllLit: Rule = ({ request, facts }) => {
  const uses = request.references.flatMap((one, index) =>
    one.kind === 'scene' ? [] : mediaOf(one, `references[${index}]`),
  );
  return picturesOf(uses, facts).flatMap(({ use, facts: measured }) => {
    const look = lookOf(measured);
    if (look === undefined || measured.look === undefined) return [];
    const burnt = measured.mask?.look === undefined ? mostBurnt.picture : mostBurnt.subject;
    // A black cat before a wall is not too dark.
    if (look.dark > mostBlack && measured.look.light < darkPicture)
      return [makeAdvice('picture_dark', use.path, { found: percent(look.dark) })];
    return look.bright > burnt ? [makeAdvice('picture_bright', use.path, { found: percent(look.bright) })] : [];
  });
};

/** Venice reference-to-video guide, elements: the frontal picture is the "passport photograph" that identity hangs on. */
export const subjectsSmall: Rule = ({ request, facts }) =>
  frontalsOf(request, facts).flatMap(({ use, facts: { width, height, mask } }) => {
    const box = mask?.box ?? { left: 0, top: 0, right: 1, bottom: 1 };
    const fill = Math.max(box.right - box.left, box.bottom - box.top);
    const pixels = Math.round(Math.max((box.right - box.left) * width, (box.bottom - box.top) * height));
    if (pixels < leastPixels)
      return [makeAdvice('picture_few_pixels', use.path, { found: pixels, use: 2 * leastPixels })];
    return fill < leastFill ? [makeAdvice('subject_small', use.path, { found: percent(fill) })] : [];
  });

/** Venice reference-to-video guide, "Best reference images": "clean background". */
export const backgroundsBusy: Rule = ({ request, facts }) =>
  frontalsOf(request, facts).flatMap(({ use, facts: measured }) => {
    const around = isLarge(measured) ? (measured.mask?.around ?? 0) : 0;
    return around > mostAround ? [makeAdvice('background_busy', use.path)] : [];
  });

/** Venice reference-to-video guide, Kling O3 troubleshooting: "the background looks distorted: cluttered or complex scene image". */
export const scenesCluttered: Rule = ({ request, facts }) =>
  request.references.flatMap((reference, index) => {
    if (reference.kind !== 'scene') return [];
    return picturesOf(mediaOf(reference, `references[${index}]`), facts).flatMap(({ use, facts: measured }) => {
      const busyness = isLarge(measured) ? (measured.look?.busyness ?? 0) : 0;
      return busyness > mostInScene ? [makeAdvice('scene_cluttered', use.path)] : [];
    });
  });

function isLarge({ width, height }: ImageFacts): boolean {
  return Math.min(width, height) >= leastForBusyness;
}

/** Two ways in which pictures differ that can be told from their pixels alone. */
const styles = {
  drawing: { en: 'like a drawing', zh: '像绘画' },
  photograph: { en: 'like photographs', zh: '像照片' },
  grey: { en: 'black and white', zh: '是黑白的' },
  colour: { en: 'coloured', zh: '是彩色的' },
} as const satisfies Record<string, Localized>;
const plural: Partial<Record<keyof typeof styles, Localized>> = { drawing: { en: 'like drawings', zh: '像绘画' } };
const singular: Partial<Record<keyof typeof styles, Localized>> = {
  photograph: { en: 'like a photograph', zh: '像照片' },
};

/**
 * Venice reference-to-video guide, "Best reference images": "all reference images share one style (do not mix realistic and anime)".
 * Told of drawings of flat colours among photographs, and of black and white among colours: what lies between is not told apart.
 */
export const pictureStylesMixed: Rule = ({ request, facts }) => {
  const all = picturesOf(
    request.references.flatMap((one, index) => mediaOf(one, `references[${index}]`)),
    facts,
  );
  return [...oddOnes(all, drawnOrTaken), ...oddOnes(all, greyOrColoured)];
};

type Style = keyof typeof styles;

/** The pictures of the rarer of two styles; of as many, the later ones. */
function oddOnes(all: readonly Shown[], styleOf: (facts: ImageFacts) => Style | undefined) {
  const groups = [...Map.groupBy(all, ({ facts }) => styleOf(facts))].flatMap(([style, shown]) =>
    style === undefined ? [] : [{ style, shown }],
  );
  const [most, fewest] = groups.toSorted((one, other) => other.shown.length - one.shown.length);
  if (most === undefined || fewest === undefined) return [];
  const found = singular[fewest.style] ?? styles[fewest.style];
  const others = plural[most.style] ?? styles[most.style];
  return fewest.shown.map(({ use }) => makeAdvice('picture_styles_mixed', use.path, { found, others }));
}

function drawnOrTaken(facts: ImageFacts): Style | undefined {
  const look = lookOf(facts);
  if (look === undefined || isGrey(look)) return undefined;
  const cut = facts.mask?.look !== undefined;
  // Of a whole picture much may be an empty wall.
  if (cut ? look.flat >= 0.6 && look.palette <= 24 : look.flat >= 0.75 && look.palette <= 12) return 'drawing';
  return look.flat < 0.5 && look.palette >= 40 ? 'photograph' : undefined;
}

function greyOrColoured({ look }: ImageFacts): Style | undefined {
  if (look === undefined) return undefined;
  if (isGrey(look)) return 'grey';
  return look.chroma >= 0.06 ? 'colour' : undefined;
}

/** Even a grey thing in a coloured photograph has some colour. */
function isGrey({ chroma, flat }: Look): boolean {
  return chroma <= 0.004 && flat < 1;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
