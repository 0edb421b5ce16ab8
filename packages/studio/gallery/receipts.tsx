import { showExact } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';

/** More attempts than a generation has. */
const mostReceipts = 100;

/** What became of the money of each paid attempt. */
export function ReceiptList({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('history');
  const refreel = useRefreel();
  const { id, updatedAt } = generation;
  const { data } = useQuery({
    queryKey: ['receipts', id, updatedAt],
    queryFn: ({ signal }) => refreel.receipts.page({ generation: id, limit: mostReceipts, signal }),
  });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t('receipts')}>
      <h3>{t('receipts')}</h3>
      <ul>
        {items.map(({ attempt, account, billed, settled, held, released, cap }) => (
          <li key={attempt} className="history-line">
            <span>
              {account} · {t(`bills.${billed}`)}
            </span>
            <span className="history-amounts">
              {settled !== null && <span>{t('paid', { amount: showExact(settled) })}</span>}
              {held !== null && <span>{t('held', { amount: showExact(held) })}</span>}
              {released !== null && <span>{t('released', { amount: showExact(released) })}</span>}
              {settled === null && held === null && released === null && (
                <span>{cap === null ? t('unknown') : `${t('cap')} ${showExact(cap)}`}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
