import './compose.css';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { isFirstStart, openedFirst, useOpenProject } from '../document/open-project.ts';
import { openSample } from '../document/sample.ts';
import { ReviewProvider, useMakeReview } from '../document/use-review.ts';
import { ProjectLine } from '../projects/project-line.tsx';
import { Queue } from '../queue/queue.tsx';
import { useSession } from '../server/session.ts';
import { usePreferences } from '../shared/preferences.ts';
import { ComposeBar } from './compose-bar.tsx';
import { Inputs } from './inputs/inputs.tsx';
import { ModelBrowser } from './models/model-browser.tsx';
import { useCard } from './models/use-card.ts';
import { PromptPanel } from './prompt/prompt-panel.tsx';
import { FindingsAt } from './review/findings.tsx';
import { Generate } from './review/generate.tsx';
import { SettingsPanel } from './settings/settings-panel.tsx';
import { Stage } from './stage.tsx';
import { Storyboard } from './storyboard/storyboard.tsx';

let sampleOpened = false;

/** Where a film is asked for: models at the left, the request in the middle, what is being made at the right. */
export function Compose() {
  const t = useTranslations('compose');
  const review = useMakeReview();
  const card = useCard();
  const { isPending: asking } = useSession();

  useEffect(() => {
    // Whoever came by another page may have opened something there.
    // A server that wants a key first would take none of the sample's pictures.
    if (asking || !isFirstStart || sampleOpened || useOpenProject.getState().id !== openedFirst.id) return;
    sampleOpened = true;
    void openSample(usePreferences.getState().language);
  }, [asking]);
  return (
    <ReviewProvider value={review}>
      <div className="compose">
        <aside className="compose-models" aria-label={t('models')}>
          <ModelBrowser />
        </aside>
        <main className="compose-main">
          <h1 className="hidden-visually">{t('title')}</h1>
          <div className="compose-head">
            <ProjectLine />
            <ComposeBar card={card} />
          </div>
          <Stage />
          <Storyboard card={card} />
          <PromptPanel card={card} />
          {card === undefined ? <FindingsAt paths={['model']} /> : <Inputs card={card} />}
          {card !== undefined && <SettingsPanel card={card} />}
          <Generate />
        </main>
        <aside className="compose-queue" aria-label={t('queue')}>
          <Queue />
        </aside>
      </div>
    </ReviewProvider>
  );
}
