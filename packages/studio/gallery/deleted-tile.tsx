import { showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { Thumb } from '../queue/thumb.tsx';
import { useRefreel } from '../server/client.ts';
import { showGeneration } from '../server/generations.ts';
import { useModelNames } from '../server/model-names.ts';
import { Icon } from '../shared/icon.tsx';
import { useDoing } from '../shared/use-doing.ts';

/** What was deleted: until when it can be brought back, and what does that. Its films show themselves no more until then. */
export function DeletedTile({ generation }: { readonly generation: Generation }) {
  const t = useTranslations('gallery');
  const format = useFormatter();
  const nameOf = useModelNames();
  const queries = useQueryClient();
  const refreel = useRefreel();
  const { busy, failure, start } = useDoing();
  const { id, model, request, restorableUntil } = generation;
  const prompt = showPrompt(request.shots[0]?.prompt ?? [], request.references).slice(0, 120);
  const name = nameOf(model);
  const restore = () => start(async () => showGeneration(queries, await refreel.generations.undelete(id)));
  return (
    <div className="film-frame" data-state="deleted" data-id={id}>
      <div className="film-tile gone">
        <Thumb generation={{ ...generation, films: [] }} />
        <p className="film-gone-words">
          <strong>{name}</strong> {prompt}
        </p>
        <div className="film-words">
          <span className="small quiet" role={failure === undefined ? undefined : 'alert'}>
            {failure ??
              (restorableUntil !== null &&
                t('keptUntil', { day: format.dateTime(new Date(restorableUntil), { dateStyle: 'medium' }) }))}
          </span>
          <button
            type="button"
            className="button tiny"
            disabled={busy}
            aria-label={t('restoreOne', { name, prompt: prompt.slice(0, 40) })}
            onClick={() => void restore()}
          >
            <Icon name="undo" size={16} /> {t('restore')}
          </button>
        </div>
      </div>
    </div>
  );
}
