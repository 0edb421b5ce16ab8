import { filterCards } from '@refreel/core/catalog';
import type { Card, InputName } from '@refreel/core/model';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { beginStep, changeRequest, useProject } from '../../document/project-store.ts';
import { Icon } from '../../shared/icon.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { cheapestRate, speedOf } from './model-facts.ts';
import { ModelRow } from './model-row.tsx';

const inputs = ['subject', 'scene', 'image', 'video', 'voice', 'startFrame', 'endFrame'] as const satisfies InputName[];
const lengths = [5, 8, 10, 12, 15];

interface Wish {
  readonly input: InputName | '';
  readonly audio: boolean;
  readonly shots: boolean;
  readonly seconds: number;
  readonly price: 'any' | 'free' | 'known';
  readonly order: 'catalog' | 'price' | 'speed';
}

const anything: Wish = { input: '', audio: false, shots: false, seconds: 0, price: 'any', order: 'catalog' };

/** Every model: searched, filtered, sorted; the chosen one marked. `onChosen` is told after one was taken. */
export function ModelBrowser({ onChosen }: { readonly onChosen?: () => void }) {
  const t = useTranslations('models');
  const language = usePreferences((preferences) => preferences.language);
  const chosen = useProject(({ request }) => request.model);
  const [search, setSearch] = useState('');
  const [wish, setWish] = useState(anything);
  const title = useId();
  const found = sortCards(findCards(search, wish, language), wish.order);
  const choose = (card: Card) => {
    beginStep();
    changeRequest({ model: card.id });
    onChosen?.();
  };
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
          {t('filter')} {wish !== anything && <span className="badge">{found.length}</span>}
        </summary>
        <div className="models-filter-fields">
          <label>
            {t('takes')}
            <select
              className="field"
              value={wish.input}
              onChange={({ target }) => setWish({ ...wish, input: target.value as Wish['input'] })}
            >
              <option value="">{t('any')}</option>
              {inputs.map((input) => (
                <option key={input} value={input}>
                  {t(`inputs.${input}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('length')}
            <select
              className="field"
              value={wish.seconds}
              onChange={({ target }) => setWish({ ...wish, seconds: Number(target.value) })}
            >
              <option value={0}>{t('any')}</option>
              {lengths.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {seconds} s
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('price')}
            <select
              className="field"
              value={wish.price}
              onChange={({ target }) => setWish({ ...wish, price: target.value as Wish['price'] })}
            >
              <option value="any">{t('any')}</option>
              <option value="free">{t('free')}</option>
              <option value="known">{t('priceKnown')}</option>
            </select>
          </label>
          <label>
            {t('order')}
            <select
              className="field"
              value={wish.order}
              onChange={({ target }) => setWish({ ...wish, order: target.value as Wish['order'] })}
            >
              <option value="catalog">{t('orders.catalog')}</option>
              <option value="price">{t('orders.price')}</option>
              <option value="speed">{t('orders.speed')}</option>
            </select>
          </label>
          <label className="models-check">
            <input
              type="checkbox"
              checked={wish.audio}
              onChange={({ target }) => setWish({ ...wish, audio: target.checked })}
            />
            {t('makesSound')}
          </label>
          <label className="models-check">
            <input
              type="checkbox"
              checked={wish.shots}
              onChange={({ target }) => setWish({ ...wish, shots: target.checked })}
            />
            {t('takesShots')}
          </label>
          <button
            type="button"
            className="button tiny"
            onClick={() => {
              setWish(anything);
              setSearch('');
            }}
          >
            {t('clear')}
          </button>
        </div>
      </details>
      <ul className="models-list">
        {found.map((card) => (
          <li key={card.id}>
            <ModelRow card={card} chosen={card.id === chosen} onChoose={() => choose(card)} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet small">{t('none')}</p>}
      <details className="small models-help">
        <summary>{t('whenTitle')}</summary>
        <p className="quiet">{t('when')}</p>
      </details>
    </section>
  );
}

function findCards(search: string, { input, audio, shots, seconds, price }: Wish, language: 'en' | 'zh'): Card[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return filterCards({
    ...(input !== '' && { inputs: [input] }),
    ...(audio && { audio: true }),
    ...(shots && { severalShots: true }),
    ...(seconds > 0 && { seconds }),
  }).filter((card) => {
    if (price === 'free' && card.offline !== true) return false;
    if (price === 'known' && cheapestRate(card) === undefined) return false;
    const { id, name, method, bestFor, dialect } = card;
    const text = [id, name.en, name[language], method[language], bestFor[language], dialect].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function sortCards(list: readonly Card[], order: Wish['order']): readonly Card[] {
  if (order === 'catalog') return list;
  if (order === 'speed') return list.toSorted((one, other) => (speedOf(one) ?? never) - (speedOf(other) ?? never));
  // Prices of two currencies are not compared: what is free comes first, then each currency by itself.
  const currency = (card: Card) => (cheapestRate(card) === 0 ? '' : (card.price?.currency ?? '~'));
  return list.toSorted(
    (one, other) =>
      currency(one).localeCompare(currency(other)) || (cheapestRate(one) ?? never) - (cheapestRate(other) ?? never),
  );
}

const never = Number.MAX_SAFE_INTEGER;
