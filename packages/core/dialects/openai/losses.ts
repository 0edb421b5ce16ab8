import { type Card, makeNote, type Note, type Request } from '../../model/index.ts';
import { diff } from '../diff.ts';

/**
 * A note for each place at which `read`, what the wire says, is not what was asked. `known` are notes of what was done on the way; those
 * of places that are still the same are left out. `places`: where each reference stands in `read`, if not in the same order.
 */
export function explainLosses(
  request: Request,
  read: Request,
  card: Card,
  known: readonly Note[],
  places?: readonly number[],
): Note[] {
  return diff(request, read, card, places).flatMap((path) => {
    const found = known.filter((note) => note.path === path);
    return found.length > 0 ? found : [lossAt(path, request, card)];
  });
}

function lossAt(path: string, request: Request, card: Card): Note {
  const model = card.id;
  if (path === 'negativePrompt') return makeNote('negative_ignored', path, { model }, card.prompt.source);
  if (path === 'from') return makeNote('remix_as_new', path, { model });
  const value = request[path as keyof Request];
  const found = typeof value === 'object' || value === undefined ? '' : value;
  if (path === 'fps')
    return makeNote('fps_fixed', path, { found, model, limit: Number(card.fps.default) }, card.fps.source);
  if (path === 'count')
    return makeNote('count_split', path, { found, model, limit: 1, parts: found }, card.count.source);
  return makeNote('setting_ignored', path, { found, model });
}
