import { type Card, showExact } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { usePreferences } from '../../shared/preferences.ts';
import { typicalWords } from '../review/quote-line.tsx';
import { cheapestRate, slowestOf, speedOf } from './model-facts.ts';

/** A model in the list: what it is called, how it works, what it is good for, what it costs, how long it takes. */
export function ModelRow({
  card,
  chosen,
  onChoose,
}: {
  readonly card: Card;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const t = useTranslations('models');
  const language = usePreferences((preferences) => preferences.language);
  const rate = cheapestRate(card);
  const [from, to] = [speedOf(card), slowestOf(card)];
  const facts = [
    card.offline === true
      ? t('free')
      : rate === undefined
        ? t('noPrice')
        : t('from', { amount: showExact({ micros: rate, currency: card.price!.currency }) }),
    ...(card.offline !== true && from !== undefined && to !== undefined
      ? [t('minutes', typicalWords({ from, to }))]
      : []),
  ];
  return (
    <button type="button" className="model-row" aria-pressed={chosen} onClick={onChoose}>
      <span className="model-name">
        {card.name[language]} {card.offline === true && <span className="badge">{t('offline')}</span>}
      </span>
      <span className="small quiet">{card.method[language]}</span>
      {chosen && <span className="small">{card.bestFor[language]}</span>}
      <span className="small quiet model-facts">{facts.join(' · ')}</span>
    </button>
  );
}
