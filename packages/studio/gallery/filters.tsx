import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { useModelNames } from '../server/model-names.ts';
import { Toggle } from '../shared/choice.tsx';
import { Icon } from '../shared/icon.tsx';
import { ProjectChoice } from './project-choice.tsx';
import { type Filters, nothingAsked, type Shown, shows } from './wish-in-address.ts';

const dayMilliseconds = 86_400_000;
/** As far back as the server counts at once. */
const countedDays = 366;
const typingMilliseconds = 300;

/** What of the gallery is shown: by words, model, state, project, day and star. */
export function FilterBar({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters>) => void;
}) {
  const t = useTranslations('gallery');
  const { show, model, project, day, starred, text } = filters;
  const nameOf = useModelNames();
  const models = useUsedModels();
  const offered = model === undefined || models.includes(model) ? models : [model, ...models];
  const filtered = show !== 'films' || [model, project, day, text].some((one) => one !== undefined) || starred;
  return (
    <search className="gallery-filters" aria-label={t('filters')}>
      <SearchField text={text} onText={(next) => onChange({ text: next })} />
      <label>
        <span className="hidden-visually">{t('state')}</span>
        <select className="field" value={show} onChange={({ target }) => onChange({ show: target.value as Shown })}>
          {(Object.keys(shows) as Shown[]).map((one) => (
            <option key={one} value={one}>
              {t(`shows.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="hidden-visually">{t('model')}</span>
        <select
          className="field"
          value={model ?? ''}
          onChange={({ target }) => onChange({ model: target.value || undefined })}
        >
          <option value="">{t('anyModel')}</option>
          {offered.map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </label>
      <ProjectChoice project={project} onProject={(next) => onChange({ project: next })} />
      <label>
        <span className="hidden-visually">{t('day')}</span>
        <input
          className="field"
          type="date"
          value={day ?? ''}
          onChange={({ target }) => onChange({ day: target.value || undefined })}
        />
      </label>
      <Toggle label={t('starredOnly')} on={starred} onChange={(next) => onChange({ starred: next })} />
      {filtered && (
        <button type="button" className="button plain" onClick={() => onChange(nothingAsked)}>
          {t('clear')}
        </button>
      )}
    </search>
  );
}

/** Asks once somebody has stopped typing. */
function SearchField({
  text,
  onText,
}: {
  readonly text: string | undefined;
  readonly onText: (text: string | undefined) => void;
}) {
  const t = useTranslations('gallery');
  const [typed, setTyped] = useState(text ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Cleared by its button, or gone back to.
  useEffect(() => setTyped((now) => (now.trim() === (text ?? '') ? now : (text ?? ''))), [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onText(next.trim() || undefined), typingMilliseconds);
  };
  return (
    <label className="gallery-search">
      <Icon name="search" size={16} />
      <input
        className="field"
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        maxLength={200}
        value={typed}
        onChange={({ target }) => type(target.value)}
      />
    </label>
  );
}

/** Models that something was asked of during the last year. */
function useUsedModels(): readonly string[] {
  const refreel = useRefreel();
  const { data } = useQuery({
    queryKey: ['used-models'],
    queryFn: async ({ signal }) => {
      const { items } = await refreel.usage({
        from: new Date(Date.now() - countedDays * dayMilliseconds + 60_000),
        signal,
      });
      return [...new Set(items.map(({ model }) => model))].sort();
    },
  });
  return data ?? [];
}
