import { findCard, inRegion } from '@refreel/core/catalog';
import type { Card } from '@refreel/core/model';
import { useMemo } from 'react';
import { useProject } from '../../document/project-store.ts';

/** The chosen model's card, as it is in the chosen region; of a model that is not offered there, its own. Undefined for one that nobody knows. */
export function useCard(): Card | undefined {
  const model = useProject(({ request }) => request.model);
  const region = useProject((project) => project.region);
  return useMemo(() => {
    const card = findCard(model);
    if (card === undefined || region === undefined) return card;
    const there = inRegion(card, region);
    return 'code' in there ? card : there;
  }, [model, region]);
}
