import { findCard } from '@refreel/core/catalog';
import { showPrompt, stateTable } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { openRequest } from '../document/open-request.ts';
import { Lightbox } from '../gallery/lightbox.tsx';
import { useRefreel } from '../server/client.ts';
import { showGeneration } from '../server/generations.ts';
import { usePreferences } from '../shared/preferences.ts';
import { Course } from './course.tsx';
import { Thumb } from './thumb.tsx';

/** One generation: its picture, its model, how far it is, and what can be done with it. */
export function QueueItem({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('queue');
  const language = usePreferences((preferences) => preferences.language);
  const queries = useQueryClient();
  const refreel = useRefreel();
  const [playing, setPlaying] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { id, model, state, ended, problems, request } = generation;
  const [film] = generation.films;
  const may = async (work: () => Promise<unknown>) => {
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure((error as Error).message);
    }
  };
  const cancel = () =>
    may(async () => {
      await refreel.generations.cancel(id);
      showGeneration(queries, await refreel.generations.get(id));
    });
  const retry = () => may(async () => showGeneration(queries, await refreel.generations.create(request)));
  const paid = generation.attempts.some(({ producer }) => producer === 'upstream');
  return (
    <li className="queue-item" data-state={state}>
      {film === undefined ? (
        <Thumb generation={generation} />
      ) : (
        <button type="button" className="queue-play" aria-label={t('play')} onClick={() => setPlaying(true)}>
          <Thumb generation={generation} />
        </button>
      )}
      {playing && film !== undefined && (
        <Lightbox generation={generation} film={film.index} onClose={() => setPlaying(false)} />
      )}
      <div className="queue-body">
        <strong>{findCard(model)?.name[language] ?? model}</strong>
        <span className="small quiet queue-prompt">
          {showPrompt(request.shots[0]?.prompt ?? [], request.references)}
        </span>
        <Course generation={generation} />
        {problems.map(({ code, path, message, remedy }) => (
          <p key={`${code} ${path}`} className="finding wrong">
            {message} {remedy}
          </p>
        ))}
        {failure !== undefined && (
          <p role="alert" className="finding wrong">
            {failure}
          </p>
        )}
        <div className="queue-actions">
          {!ended && (
            <button type="button" className="button tiny" disabled={state === 'cancelling'} onClick={cancel}>
              {t('cancel')}
            </button>
          )}
          {!ended && paid && stateTable[state].billable && <span className="small quiet">{t('mayCost')}</span>}
          {(state === 'failed' || state === 'cancelled') && (
            <button type="button" className="button tiny" onClick={retry}>
              {t('retry')}
            </button>
          )}
          {ended && (
            <button type="button" className="button plain tiny" onClick={() => may(() => openRequest(request))}>
              {t('open')}
            </button>
          )}
        </div>
      </div>
    </li>
  );
}
