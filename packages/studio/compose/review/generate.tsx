import { explainProblem, isBlank, type Request } from '@refreel/core/model';
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { draftOf } from '../../document/draft-request.ts';
import { useProjectStore } from '../../document/project-store.ts';
import { reviewProject, useReview } from '../../document/use-review.ts';
import { Icon } from '../../shared/icon.tsx';
import { lazyPart } from '../../shared/lazy-part.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { useShortcut } from '../../shared/shortcuts.ts';
import { asPeopleSay } from './as-people-say.ts';
import { QuoteLine } from './quote-line.tsx';
import { RefusalList } from './refusal-list.tsx';
import { useSend } from './use-send.ts';

const SendDialog = lazyPart(async () => (await import('./send-dialog.tsx')).SendDialog);

/** What is about to be sent, as it was when somebody asked. */
interface Asked {
  readonly request: Request;
  readonly region: string | undefined;
}

/**
 * The price, what can be done, and every reason why it cannot. What is drawn here is made at once; before anything goes to a vendor's model, what
 * becomes of the request there is told.
 */
export function Generate() {
  const t = useTranslations('review');
  const language = usePreferences((preferences) => preferences.language);
  const { problems, pending, card, request: shown, taken } = useReview();
  const { busy, refused, send } = useSend();
  const [sending, setSending] = useState<Asked>();
  const offline = card?.offline === true;

  const generate = async () => {
    // What is shown may be a moment behind what was typed.
    const { project } = useProjectStore.getState();
    const { request, problems: now } = reviewProject(project, false);
    if (request === undefined || now.length > 0) return;
    if (offline) await send(request, project.region);
    else setSending({ request, region: project.region });
  };
  const ask = () => {
    const { project } = useProjectStore.getState();
    const { request } = reviewProject(project, false);
    if (request !== undefined) setSending({ request, region: project.region });
  };
  const draft = async () => {
    const { request, film } = reviewProject(useProjectStore.getState().project, false);
    if (request !== undefined) await send(draftOf(request, film));
  };

  const reasons = problems.map((problem) => explainProblem(asPeopleSay(problem, taken.references, language), language));
  const waits = pending > 0 ? [{ message: t('uploading', { count: pending }), remedy: '' }] : [];
  const why = [...waits, ...reasons];
  useShortcut('generate', () => {
    if (!busy && why.length === 0) void generate();
  });
  const nothing = shown === undefined || pending > 0 || shown.shots.every(({ prompt }) => isBlank(prompt));
  const elsewhere = (
    <button type="button" className="button" disabled={busy || nothing} onClick={ask}>
      <Icon name="send" /> {t('send')}
    </button>
  );
  return (
    <section className="generate panel" aria-label={t('generate')}>
      <RefusalList refused={refused} />
      <div className="generate-row">
        <QuoteLine />
        <div className="generate-deeds">
          {offline ? (
            elsewhere
          ) : (
            <button type="button" className="button" disabled={busy || nothing} onClick={draft}>
              {t('draft')}
            </button>
          )}
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
          {!offline && !nothing && elsewhere}
        </details>
      )}
      {sending !== undefined && (
        <Suspense fallback={null}>
          <SendDialog {...sending} onClose={() => setSending(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
