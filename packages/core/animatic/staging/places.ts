import type { Facts, ImageFacts, Reference, Request } from '../../model/index.ts';
import { blankQuotes } from '../../model/prompt/quotes.ts';
import type { ScriptShot } from '../reading/script.ts';

const placeWords =
  /(?:\b(?:in|at|through|on|inside|across|into|around|of|along|against)\s+(?:the\s+|a\s+|an\s+)?|(?:在|于|穿过|走进|进入|来到|以|背景|靠在)[左右前后]?[侧边方面]?)$/iu;

/** The references that are places: scenes, and images whose role nobody gave and which look, and are spoken of, like a place. */
export function placesOf(
  request: Request,
  script: readonly ScriptShot[],
  facts: Facts,
  excluded: ReadonlySet<string>,
): Reference[] {
  return request.references.filter((reference) => {
    if (excluded.has(reference.id)) return false;
    if (reference.kind === 'scene') return true;
    if (reference.kind !== 'image') return false;
    const image = facts.media[reference.image];
    return image?.kind === 'image' && isPlace(reference, image, script);
  });
}

function isPlace(reference: Reference, image: ImageFacts, script: readonly ScriptShot[]): boolean {
  if (image.mask === undefined) return true;
  const { cut, coverage } = image.mask;
  const cutEdges = [cut.left, cut.top, cut.right, cut.bottom].filter(Boolean).length;
  const spokenOfAsPlace = script.some(({ flat }) => {
    const text = blankQuotes(flat.text);
    return [...flat.mentions].some(
      ([at, mention]) => mention.mention === reference.id && placeWords.test(text.slice(0, at)),
    );
  });
  return spokenOfAsPlace && (cutEdges >= 3 || coverage > 0.55);
}

/** The place that a shot names; else the one of the shot before; else the first. */
export function placeOfShot(
  shot: ScriptShot,
  places: readonly Reference[],
  before: string | undefined,
): Reference | undefined {
  const named = [...shot.flat.mentions].sort(([one], [other]) => one - other).map(([, { mention }]) => mention);
  const first = named.find((id) => places.some((place) => place.id === id));
  return (
    places.find(({ id }) => id === first) ??
    places.find(({ name }) => shot.flat.text.includes(name)) ??
    places.find(({ id }) => id === before) ??
    places[0]
  );
}
