import type { Generation } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { useDoing } from '../shared/use-doing.ts';
import { cancelOne, mayStillCost } from './cancelling.ts';

/** Cancels everything that is being made, once somebody has said so twice. */
export function CancelAll({ generations }: { readonly generations: readonly Generation[] }) {
  const t = useTranslations('queue');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const [asked, setAsked] = useState(false);
  const { busy, failure, start } = useDoing();
  const wanted = generations.filter(({ state }) => state !== 'cancelling');
  const costly = wanted.filter(mayStillCost).length;
  if (failure !== undefined)
    return (
      <p role="alert" className="finding wrong">
        {failure}
      </p>
    );
  if (wanted.length < 2) return null;
  if (!asked)
    return (
      <button type="button" className="button plain tiny" onClick={() => setAsked(true)}>
        {t('cancelAll')}
      </button>
    );
  const cancelAll = () =>
    start(async () => {
      const outcomes = await Promise.allSettled(wanted.map(({ id }) => cancelOne(refreel, queries, id)));
      setAsked(false);
      const failed = outcomes.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    });
  return (
    <div className="queue-sure">
      <span className="small">
        {t('sureAll', { count: wanted.length })} {costly > 0 && t('someMayCost', { count: costly })}
      </span>
      <button type="button" className="button tiny" disabled={busy} onClick={() => void cancelAll()}>
        {t('cancelAll')}
      </button>
      {/* biome-ignore lint/a11y/noAutofocus: the question was asked for by a click, and stands where the button was. */}
      <button type="button" className="button plain tiny" autoFocus onClick={() => setAsked(false)}>
        {t('keep')}
      </button>
    </div>
  );
}
