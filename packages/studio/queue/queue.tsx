import './queue.css';
import { type State, states, stateTable } from '@refreel/core/model';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useGenerations, useLiveGenerations } from '../server/generations.ts';
import { whyFailed } from '../shared/why-failed.ts';
import { CancelAll } from './cancel-all.tsx';
import { QueueItem } from './queue-item.tsx';

const under = (terminal: boolean) => ({
  states: states.filter((state: State) => stateTable[state].terminal === terminal),
});
/** Asked for apart: what takes long is older than the latest few. */
const running = under(false);
const ended = under(true);
const mostRunning = 100;
const endedShown = 6;

/** What is being made, and what ended last. */
export function Queue() {
  const t = useTranslations('queue');
  useLiveGenerations();
  const alive = useGenerations(running, mostRunning);
  const over = useGenerations(ended, endedShown);
  const error = alive.error ?? over.error;
  const known = !alive.isPending && !over.isPending;
  return (
    <section className="queue" aria-label={t('title')}>
      <div className="queue-head">
        <h2>
          {t('title')} {alive.items.length > 0 && <span className="badge">{alive.items.length}</span>}
        </h2>
        <CancelAll generations={alive.items} />
      </div>
      {error !== null && (
        <p role="alert" className="finding wrong">
          {whyFailed(error)}
        </p>
      )}
      {known && error === null && alive.items.length + over.items.length === 0 && (
        <p className="quiet small">{t('empty')}</p>
      )}
      <ul className="queue-list">
        {[...alive.items, ...over.items.slice(0, endedShown)].map((one) => (
          <QueueItem key={one.id} generation={one} />
        ))}
      </ul>
      {over.items.length > 0 && (
        <Link href="/gallery" className="small quiet">
          {t('all')}
        </Link>
      )}
    </section>
  );
}
