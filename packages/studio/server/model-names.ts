import { findCard } from '@refreel/core/catalog';
import { usePreferences } from '../shared/preferences.ts';

/** What people call a model, by its id; the id itself where this version does not know it. */
export function useModelNames(): (model: string) => string {
  const language = usePreferences((preferences) => preferences.language);
  return (model) => findCard(model)?.name[language] ?? model;
}
