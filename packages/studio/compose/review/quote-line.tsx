import { type Money, showMoney } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { useReview } from '../../document/use-review.ts';

/** What it costs and how long it usually takes. */
export function QuoteLine() {
  const t = useTranslations('review');
  const { quote, typical, card, film } = useReview();
  if (quote === undefined) return <p className="quote-line quiet">{t('noQuote')}</p>;
  const { total, binding } = quote;
  return (
    <div className="quote-line">
      <strong data-testid="quote">
        {card?.offline === true ? t('free') : <Amount total={total} about={!binding} />}
      </strong>
      <span className="quiet small">
        {film !== undefined && `${film.width}×${film.height} · ${Number(film.seconds.toFixed(2))} s · ${film.fps} fps`}
        {typical !== undefined && ` · ${t('typical', typicalWords(typical))}`}
      </span>
    </div>
  );
}

function Amount({ total, about }: { readonly total: Money | null; readonly about: boolean }) {
  const t = useTranslations('review');
  if (total === null) return t('priceUnknown');
  return about ? t('about', { amount: showMoney(total) }) : showMoney(total);
}

/** Seconds as minutes: `minutes` is "4 to 6", or one number where both ends are the same. */
export function typicalWords({ from, to }: { readonly from: number; readonly to: number }) {
  const minutes = (seconds: number) => String(Number((seconds / 60).toFixed(1)));
  return { minutes: from === to ? minutes(from) : `${minutes(from)}–${minutes(to)}` };
}
