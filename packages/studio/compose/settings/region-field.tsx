import type { Card } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { chooseRegion, useProject } from '../../document/project-store.ts';
import { Choice } from '../../shared/choice.tsx';
import { usePreferences } from '../../shared/preferences.ts';

const anywhere = '';

/** Where the model is asked, of vendors that have regions: what it takes and costs may differ there. */
export function RegionField({ card }: { readonly card: Card }) {
  const t = useTranslations('settings');
  const language = usePreferences((preferences) => preferences.language);
  const region = useProject((project) => project.region);
  if (card.regions === undefined) return null;
  const nameOf = (id: string) => card.regions?.find((one) => one.id === id)?.name[language] ?? id;
  return (
    <Choice
      legend={t('region')}
      options={[anywhere, ...card.regions.map(({ id }) => id)]}
      value={region ?? anywhere}
      show={(id) => (id === anywhere ? t('anyRegion') : nameOf(id))}
      onChoose={(id) => chooseRegion(id === anywhere ? undefined : id)}
    />
  );
}
