import { type Card, showExact } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { usePreferences } from '../../shared/preferences.ts';
import { typicalWords } from '../review/quote-line.tsx';
import { cheapestRate, lengthsOf, slowestOf, speedOf } from './model-facts.ts';

/** A model in the list: what it is called, how it works, what it is good for, what it can, what it costs, how long it takes. */
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
  const lengths = lengthsOf(card);
  const can = [
    ...(lengths === undefined
      ? []
      : [lengths.from === lengths.to ? `${lengths.to} s` : `${lengths.from}–${lengths.to} s`]),
    ...(card.audio.limits.some(({ oneOf }) => oneOf?.includes(true)) ? [t('sound')] : []),
    ...(card.shots.form === 'text' ? [] : [t('shots')]),
  ];
  const costs = [
    card.offline === true
      ? t('free')
      : rate === undefined
        ? t('noPrice')
        : t('from', { amount: showExact({ micros: rate, currency: card.price!.currency }) }),
    card.offline === true
      ? t('moments')
      : from !== undefined && to !== undefined
        ? t('minutes', typicalWords({ from, to }))
        : t('noTime'),
  ];
  return (
    <button type="button" className="model-row" aria-pressed={chosen} onClick={onChoose}>
      <span className="model-name">
        {card.name[language]} {card.offline === true && <span className="badge">{t('offline')}</span>}
      </span>
      <span className="small quiet">{card.method[language]}</span>
      <span className="small model-best">{card.bestFor[language]}</span>
      <span className="small quiet model-facts">{costs.join(' · ')}</span>
      <span className="small quiet model-facts">{can.join(' · ')}</span>
    </button>
  );
}
