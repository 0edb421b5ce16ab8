import { showExact, showMoney } from '@refreel/core/model';
import type { Event, Generation } from '@refreel/sdk';
import { useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { useModelNames } from '../server/model-names.ts';
import { usePreferences } from '../shared/preferences.ts';
import { ReceiptList } from './receipts.tsx';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Everything that is known of how a film was made and what it cost: attempts, events, notes, quote. */
export function History({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('history');
  const states = useTranslations('queue.states');
  const format = useFormatter();
  const language = usePreferences((preferences) => preferences.language);
  const nameOf = useModelNames();
  const events = useEventsOf(generation.id);
  const { attempts, notes, quote, remixOf, id } = generation;
  const at = (instant: string) =>
    format.dateTime(new Date(instant), { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone });
  // Of one attempt the whole says the same.
  const told = attempts.length > 1 ? events : events.filter(({ kind }) => kind !== 'attempt.state');
  const paid = attempts.some(({ producer }) => producer === 'upstream');
  return (
    <div className="history small">
      <section aria-label={t('attempts')}>
        <h3>{t('attempts')}</h3>
        <ol>
          {attempts.map(({ index, producer, account, model, state, billed, startedAt, finishedAt, problems }) => (
            <li key={index}>
              <strong>{states(state)}</strong> · {producer === 'animatic' ? t('here') : account}
              {model !== null && ` · ${nameOf(model)}`}
              {producer === 'upstream' && ` · ${t(`bills.${billed}`)}`}
              <span className="quiet">
                {startedAt !== null && ` · ${at(startedAt)}`}
                {startedAt !== null && finishedAt !== null && ` – ${at(finishedAt)}`}
              </span>
              {problems.map(({ code, path, message, remedy }) => (
                <p key={`${code} ${path}`} className="finding wrong">
                  {message} {remedy}
                </p>
              ))}
            </li>
          ))}
        </ol>
      </section>
      {paid && quote !== null && (
        <section aria-label={t('quote')}>
          <h3>{t('quote')}</h3>
          <ul>
            {quote.lines.map(({ label, seconds, times, rateMicros, amount }) => (
              <li key={label.en} className="history-line">
                <span>
                  {label[language]}
                  <span className="quiet">
                    {` · ${Number(seconds.toFixed(2))} s`}
                    {times > 1 && ` × ${times}`}
                    {rateMicros !== null &&
                      quote.currency !== null &&
                      ` × ${showExact({ micros: rateMicros, currency: quote.currency })}/s`}
                  </span>
                </span>
                <span>{amount === null ? t('unknown') : showExact(amount)}</span>
              </li>
            ))}
            <li className="history-line">
              <strong>{t('total')}</strong>
              <strong>{quote.total === null ? t('unknown') : showMoney(quote.total)}</strong>
            </li>
            {quote.cap !== null && quote.cap.micros !== quote.total?.micros && (
              <li className="history-line">
                <span>{t('cap')}</span>
                <span>{showMoney(quote.cap)}</span>
              </li>
            )}
          </ul>
        </section>
      )}
      {paid && <ReceiptList generation={generation} />}
      {notes.length > 0 && (
        <section aria-label={t('notes')}>
          <h3>{t('notes')}</h3>
          <ul>
            {notes.map(({ code, path, message }) => (
              <li key={`${code} ${path}`}>{message}</li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('events')}>
        <h3>{t('events')}</h3>
        {events.length === 0 && <p className="quiet">{t('forgotten')}</p>}
        <ol>
          {told.map((event) => (
            <li key={event.id}>
              <span className="quiet">{at(event.at)}</span> {wordsOf(event)}
            </li>
          ))}
        </ol>
      </section>
      <p className="quiet history-id">
        {t('id')} {id}
        {remixOf !== null && ` · ${t('remixOf', { id: remixOf })}`}
      </p>
    </div>
  );

  function wordsOf(event: Event): string {
    if (event.kind === 'generation.accepted') return t('accepted');
    if (event.kind === 'generation.state') return states(event.data.state);
    if (event.kind === 'attempt.state')
      return t('attemptState', { number: event.data.index + 1, state: states(event.data.state) });
    return '';
  }
}

/** What happened to a generation and what happens yet, without the many steps of its progress. */
function useEventsOf(id: string): readonly Event[] {
  const refreel = useRefreel();
  const [events, setEvents] = useState<readonly Event[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    setEvents([]);
    const follow = async () => {
      for await (const event of refreel.generations.events(id, { after: 0, signal }))
        if (event.kind !== 'attempt.progress' && event.kind !== 'generation.changed')
          setEvents((all) => (all.some((one) => one.id === event.id) ? all : [...all, event]));
    };
    // What of the past cannot be had is not shown; the film is.
    follow().catch(() => {});
    return () => leaving.abort();
  }, [id, refreel]);
  return events;
}
