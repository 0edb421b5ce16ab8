import './queue.css';
import { useTranslations } from 'use-intl';
import { useGenerations, useLiveGenerations } from '../server/generations.ts';
import { QueueItem } from './queue-item.tsx';

const endedShown = 6;

/** What is being made, and what ended last. */
export function Queue() {
  const t = useTranslations('queue');
  useLiveGenerations();
  const { items, isPending, error } = useGenerations();
  const running = items.filter(({ ended }) => !ended);
  const ended = items.filter((one) => one.ended).slice(0, endedShown);
  return (
    <section className="queue" aria-label={t('title')}>
      <h2>
        {t('title')} {running.length > 0 && <span className="badge">{running.length}</span>}
      </h2>
      {error !== null && (
        <p role="alert" className="finding wrong">
          {error.message}
        </p>
      )}
      {!isPending && items.length === 0 && error === null && <p className="quiet small">{t('empty')}</p>}
      <ul className="queue-list">
        {[...running, ...ended].map((one) => (
          <QueueItem key={one.id} generation={one} />
        ))}
      </ul>
    </section>
  );
}
