import { showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useModelNames } from '../server/model-names.ts';
import { lazyPart } from '../shared/lazy-part.tsx';
import { Course } from './course.tsx';
import { QueueActions } from './queue-actions.tsx';
import { Thumb } from './thumb.tsx';
import { Unconfirmed } from './unconfirmed.tsx';

const Lightbox = lazyPart(async () => (await import('../gallery/lightbox.tsx')).Lightbox);

/** One generation: its picture, its model, how far it is, what went wrong, and what can be done. */
export function QueueItem({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('queue');
  const [playing, setPlaying] = useState(false);
  const { model, state, ended, problems, request, attempts } = generation;
  const name = useModelNames()(model);
  const [film] = generation.films;
  const bills = attempts.filter(({ producer }) => producer === 'upstream').map(({ billed }) => billed);
  const charged =
    ended && state !== 'done' ? (['yes', 'unknown'] as const).find((one) => bills.includes(one)) : undefined;
  const unconfirmed = attempts.filter((attempt) => attempt.state === 'unconfirmed');
  // What takes many words has the whole width.
  const wordy = problems.length + unconfirmed.length > 0 || charged !== undefined;
  return (
    <li className="queue-item" data-state={state} data-id={generation.id}>
      {film === undefined ? (
        <Thumb generation={generation} />
      ) : (
        <button type="button" className="queue-play" aria-label={t('play')} onClick={() => setPlaying(true)}>
          <Thumb generation={generation} />
        </button>
      )}
      {playing && film !== undefined && (
        <Suspense>
          <Lightbox generation={generation} film={film.index} onClose={() => setPlaying(false)} />
        </Suspense>
      )}
      <div className="queue-body">
        <strong>{name}</strong>
        <span className="small quiet queue-prompt">
          {showPrompt(request.shots[0]?.prompt ?? [], request.references)}
        </span>
        <Course generation={generation} />
        {!wordy && <QueueActions generation={generation} />}
      </div>
      {wordy && (
        <div className="queue-wide">
          {problems.map(({ code, path, message, remedy }) => (
            <div key={`${code} ${path}`} className="finding wrong queue-problem">
              <p>{message}</p>
              <p className="queue-remedy">{remedy}</p>
            </div>
          ))}
          {charged !== undefined && <p className="small">{t(charged === 'yes' ? 'wasCharged' : 'maybeCharged')}</p>}
          {unconfirmed.map((attempt) => (
            <Unconfirmed key={attempt.index} generation={generation} attempt={attempt} />
          ))}
          <QueueActions generation={generation} />
        </div>
      )}
    </li>
  );
}
