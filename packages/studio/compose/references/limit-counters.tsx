import { type Card, countInputs, holds, inputWords, situationOf } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { useReview } from '../../document/use-review.ts';
import { usePreferences } from '../../shared/preferences.ts';

/** How many of each input there are, against every limit of the model that holds now. */
export function LimitCounters({ card }: { readonly card: Card }) {
  const t = useTranslations('references');
  const language = usePreferences((preferences) => preferences.language);
  const { taken, film } = useReview();
  const counts = countInputs(taken);
  const situation = situationOf(taken, film);
  const limits = card.totals
    .filter(({ most, when }) => most !== undefined && holds(when, situation))
    .toSorted((one, other) => one.of.length - other.of.length);
  if (limits.length === 0) return null;
  return (
    <ul className="counters" aria-label={t('limits')}>
      {limits.map(({ of, most = 0, newer }) => {
        const count = of.reduce((sum, input) => sum + counts[input], 0);
        const over = count > (newer?.most ?? most);
        const words = of.length > 2 ? t('together') : of.map((input) => inputWords[input][language]).join(' + ');
        const state = over ? 'wrong' : count === most ? 'full' : '';
        return (
          <li key={of.join()} className={`counter ${state}`} data-inputs={of.join(' ')}>
            {words} <strong>{`${count} / ${most}`}</strong>
          </li>
        );
      })}
    </ul>
  );
}
