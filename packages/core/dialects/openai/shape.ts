import {
  type Card,
  check,
  makeNote,
  type Note,
  noFacts,
  type Problem,
  type Request,
  sizeWords,
} from '../../model/index.ts';

/** What a request says of the film's shape, for a wire that has a size and perhaps a mode. */
export interface WrittenShape {
  /** "1280x720"; undefined where the request leaves it to the model. */
  readonly size: string | undefined;
  readonly mode: string | undefined;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Ratio and tier become the size that the model makes of them; a tier that only another mode has becomes that mode too. */
export function writeShape(request: Request, card: Card): WrittenShape {
  const { size, ratio, tier, mode } = request;
  const plain = { size: size === undefined ? undefined : sizeWords(size), mode, problems: [], notes: [] };
  if (ratio === undefined && tier === undefined) return plain;
  const checked = check(request, card, noFacts);
  const { film } = checked;
  if (film === undefined) return size === undefined ? { ...plain, problems: [...checked.problems] } : plain;
  const { source } = card.formats;
  const written = plain.size ?? sizeWords(film);
  const notes = (['ratio', 'tier'] as const).flatMap((path) => {
    const found = request[path];
    const values = { found: found ?? '', model: card.id, limit: written };
    return found === undefined ? [] : [makeNote('format_converted', path, values, source)];
  });
  const implied = mode === undefined && tier !== undefined && film.mode !== card.mode?.default ? film.mode : undefined;
  if (implied !== undefined)
    notes.push(makeNote('format_converted', 'mode', { found: tier!, model: card.id, limit: implied }, source));
  return { size: written, mode: mode ?? implied, problems: [], notes };
}
