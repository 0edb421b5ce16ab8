import { explainProblem } from '@refreel/core/model';
import { RefreelError, type ShownProblem } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProjectStore } from '../../document/project-store.ts';
import { reviewProject, useReview } from '../../document/use-review.ts';
import { useRefreel } from '../../server/client.ts';
import { showGeneration } from '../../server/generations.ts';
import { Icon } from '../../shared/icon.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { QuoteLine } from './quote-line.tsx';

/** The price, the button, and every reason why it cannot be pressed. */
export function Generate() {
  const t = useTranslations('review');
  const language = usePreferences((preferences) => preferences.language);
  const { problems, pending } = useReview();
  const refreel = useRefreel();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly Pick<ShownProblem, 'message' | 'remedy'>[]>([]);

  const generate = async () => {
    // What is shown may be a moment behind what was typed.
    const { request, problems: now } = reviewProject(useProjectStore.getState().project, false);
    if (request === undefined || now.length > 0) return;
    setBusy(true);
    setRefused([]);
    try {
      showGeneration(queries, await refreel.generations.create(request));
    } catch (error) {
      const told = error instanceof RefreelError ? error.problems : [];
      setRefused(told.length > 0 ? told : [{ message: (error as Error).message, remedy: '' }]);
      if (error instanceof RefreelError && error.status === 401)
        await queries.invalidateQueries({ queryKey: ['session'] });
    } finally {
      setBusy(false);
    }
  };

  const reasons = problems.map((problem) => explainProblem(problem, language));
  const waits = pending > 0 ? [{ message: t('uploading', { count: pending }), remedy: '' }] : [];
  const why = [...waits, ...reasons];
  return (
    <section className="generate panel" aria-label={t('generate')}>
      {refused.map(({ message, remedy }) => (
        <p key={message} role="alert" className="finding wrong">
          {message} {remedy}
        </p>
      ))}
      <div className="generate-row">
        <QuoteLine />
        <button
          type="button"
          className="button main generate-button"
          disabled={busy || why.length > 0}
          aria-describedby={why.length > 0 ? 'generate-reasons' : undefined}
          onClick={generate}
        >
          <Icon name="film" /> {busy ? t('sending') : t('generate')}
        </button>
      </div>
      {why.length > 0 && (
        <details className="small generate-reasons" id="generate-reasons" open={why.length === 1}>
          <summary>{t('cannot', { count: why.length })}</summary>
          <ul className="reasons">
            {why.map(({ message, remedy }) => (
              <li key={message}>
                {message} {remedy}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
