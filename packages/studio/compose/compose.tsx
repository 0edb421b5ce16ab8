import './compose.css';
import './media/slots.css';
import './references/references.css';
import { findCard } from '@refreel/core/catalog';
import { type ClipboardEvent, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isFirstStart, useProject } from '../document/project-store.ts';
import { openSample } from '../document/sample.ts';
import { ReviewProvider, useMakeReview } from '../document/use-review.ts';
import { Queue } from '../queue/queue.tsx';
import { usePreferences } from '../shared/preferences.ts';
import { ComposeBar } from './compose-bar.tsx';
import { FramesPanel } from './frames/frames-panel.tsx';
import { ModelBrowser } from './models/model-browser.tsx';
import { PromptPanel } from './prompt/prompt-panel.tsx';
import { addFiles } from './references/add-reference.ts';
import { ReferencesPanel } from './references/references-panel.tsx';
import { FindingsAt } from './review/findings.tsx';
import { Generate } from './review/generate.tsx';
import { SettingsPanel } from './settings/settings-panel.tsx';
import { Stage } from './stage.tsx';

let sampleOpened = false;

/** Where a film is asked for: models at the left, the request in the middle, what is being made at the right. */
export function Compose() {
  const t = useTranslations('compose');
  const review = useMakeReview();
  const model = useProject(({ request }) => request.model);
  const hasFrames = useProject(({ request }) => (request.startFrame ?? request.endFrame) !== undefined);
  const hasReferences = useProject(({ request }) => request.references.length > 0);
  const [panel, setPanel] = useState<'references' | 'image'>(hasFrames && !hasReferences ? 'image' : 'references');
  const card = findCard(model);

  useEffect(() => {
    if (!isFirstStart || sampleOpened) return;
    sampleOpened = true;
    void openSample(usePreferences.getState().language);
  }, []);
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0 || card === undefined) return;
    event.preventDefault();
    addFiles(event.clipboardData.files, card);
  };
  return (
    <ReviewProvider value={review}>
      <div className="compose">
        <aside className="compose-models" aria-label={t('models')}>
          <ModelBrowser />
        </aside>
        <main className="compose-main" onPaste={paste}>
          <h1 className="hidden-visually">{t('title')}</h1>
          <ComposeBar card={card} />
          <Stage />
          {card === undefined ? (
            <FindingsAt paths={['model']} />
          ) : (
            <section className="compose-section" aria-label={t('inputs')}>
              <h2 className="hidden-visually">{t('inputs')}</h2>
              <div className="input-toolbar" role="tablist" aria-label={t('inputs')}>
                {(['references', 'image'] as const).map((one) => (
                  <button
                    key={one}
                    type="button"
                    role="tab"
                    id={`tab-${one}`}
                    aria-selected={panel === one}
                    aria-controls="input-panel"
                    className="input-tab"
                    onClick={() => setPanel(one)}
                  >
                    {t(one)}
                  </button>
                ))}
              </div>
              <div role="tabpanel" id="input-panel" aria-labelledby={`tab-${panel}`}>
                {panel === 'references' ? <ReferencesPanel card={card} /> : <FramesPanel card={card} />}
              </div>
            </section>
          )}
          <PromptPanel card={card} />
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
