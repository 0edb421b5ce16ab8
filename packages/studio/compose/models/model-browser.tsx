import './models.css';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { Icon } from '../../shared/icon.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { anyModel, findModels } from './find-models.ts';
import { ModelFilter } from './model-filter.tsx';
import { ModelRow } from './model-row.tsx';
import { switchModel } from './switch-model.ts';

const reasons = ['person', 'product', 'place', 'several'] as const;

/** Every model: searched, filtered, sorted; the chosen one marked. `onChosen` is told after one was taken. */
export function ModelBrowser({ onChosen }: { readonly onChosen?: () => void }) {
  const t = useTranslations('models');
  const language = usePreferences((preferences) => preferences.language);
  const chosen = useProject(({ request }) => request.model);
  const [search, setSearch] = useState('');
  const [wish, setWish] = useState(anyModel);
  const title = useId();
  const found = findModels(search, wish, language);
  return (
    <section className="models" aria-labelledby={title}>
      <h2 id={title}>{t('title')}</h2>
      <label className="models-search">
        <Icon name="search" />
        <span className="hidden-visually">{t('search')}</span>
        <input
          className="field"
          type="search"
          value={search}
          placeholder={t('search')}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      <details className="models-filter small">
        <summary>
          {t('filter')} {wish !== anyModel && <span className="badge">{found.length}</span>}
        </summary>
        <ModelFilter wish={wish} onWish={setWish} />
      </details>
      <details className="small models-help">
        <summary>{t('whenTitle')}</summary>
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{t(`when.${reason}`)}</li>
          ))}
        </ul>
        <p className="quiet">{t('when.else')}</p>
      </details>
      <ul className="models-list">
        {found.map((card) => (
          <li key={card.id}>
            <ModelRow
              card={card}
              chosen={card.id === chosen}
              onChoose={() => {
                if (card.id !== chosen) switchModel(card.id);
                onChosen?.();
              }}
            />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet small">{t('none')}</p>}
    </section>
  );
}
