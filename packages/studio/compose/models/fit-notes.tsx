import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { Icon } from '../../shared/icon.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { forgetSwitch, misfitsIn, useSwitched } from './switch-model.ts';

/** After a switch of model: what of the work does not fit, until it is mended or read. */
export function FitNotes() {
  const t = useTranslations('models');
  const language = usePreferences((preferences) => preferences.language);
  const switched = useSwitched();
  const { model, references } = useProject(({ request }) => request);
  const review = useReview();
  const misfits = switched.model === model ? misfitsIn(switched, review, references, language) : [];
  if (misfits.length === 0) return null;
  return (
    <section className="fit-notes" aria-label={t('misfits')}>
      <div className="fit-notes-head">
        <h3 className="small">{t('misfits')}</h3>
        <button type="button" className="button plain tiny round" aria-label={t('seen')} onClick={forgetSwitch}>
          <Icon name="close" size={16} />
        </button>
      </div>
      <ul className="small">
        {misfits.map(({ text, wrong }) => (
          <li key={text} className={wrong ? 'fit-note wrong-text' : 'fit-note quiet'}>
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
