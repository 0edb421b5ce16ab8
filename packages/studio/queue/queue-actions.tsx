import type { Generation } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { openRequest } from '../document/open-request.ts';
import { useRefreel } from '../server/client.ts';
import { showGeneration } from '../server/generations.ts';
import { useDoing } from '../shared/use-doing.ts';
import { cancelOne, mayStillCost } from './cancelling.ts';

/** Cancel, try again, open the request: what its state allows. A cancel that may still cost asks once more. */
export function QueueActions({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('queue');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const [, go] = useLocation();
  const [asked, setAsked] = useState(false);
  const { busy, failure, start } = useDoing();
  const { id, state, ended, request, project } = generation;
  const costly = mayStillCost(generation);
  const cancel = () =>
    start(async () => {
      await cancelOne(refreel, queries, id);
      setAsked(false);
    });
  const retry = () =>
    start(async () =>
      showGeneration(queries, await refreel.generations.create(request, project === null ? {} : { project })),
    );
  const open = () =>
    start(async () => {
      await openRequest(request);
      go('/');
    });
  return (
    <>
      {failure !== undefined && (
        <p role="alert" className="finding wrong">
          {failure}
        </p>
      )}
      <div className="queue-actions">
        {!ended && asked && (
          <>
            <span className="small">{t('mayCost')}</span>
            <button type="button" className="button tiny" disabled={busy} onClick={() => void cancel()}>
              {t('sure')}
            </button>
            {/* biome-ignore lint/a11y/noAutofocus: the question was asked for by a click, and stands where the button was. */}
            <button type="button" className="button plain tiny" autoFocus onClick={() => setAsked(false)}>
              {t('keep')}
            </button>
          </>
        )}
        {!ended && !asked && (
          <button
            type="button"
            className="button tiny"
            disabled={busy || state === 'cancelling'}
            onClick={() => (costly ? setAsked(true) : void cancel())}
          >
            {t('cancel')}
          </button>
        )}
        {(state === 'failed' || state === 'cancelled') && (
          <button type="button" className="button tiny" disabled={busy} onClick={() => void retry()}>
            {t('retry')}
          </button>
        )}
        {ended && (
          <button type="button" className="button plain tiny" disabled={busy} onClick={() => void open()}>
            {t('open')}
          </button>
        )}
      </div>
    </>
  );
}
