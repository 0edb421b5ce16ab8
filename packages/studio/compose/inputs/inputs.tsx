import '../media/slots.css';
import '../references/references.css';
import './inputs.css';
import type { Card } from '@refreel/core/model';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { FramesPanel } from '../frames/frames-panel.tsx';
import { FitNotes } from '../models/fit-notes.tsx';
import { addFiles } from '../references/add-reference.ts';
import { ReferencesPanel } from '../references/references-panel.tsx';
import { addFrames } from './add-frames.ts';
import { AddInput } from './add-input.tsx';

const panels = ['references', 'image'] as const;
type Panel = (typeof panels)[number];

/** What the film is made from: the toolbar with its two panels and the menu of everything that the model takes. */
export function Inputs({ card }: { readonly card: Card }) {
  const t = useTranslations('compose');
  const hasFrames = useProject(({ request }) => (request.startFrame ?? request.endFrame) !== undefined);
  const hasReferences = useProject(({ request }) => request.references.length > 0);
  const [panel, setPanel] = useState<Panel>(hasFrames && !hasReferences ? 'image' : 'references');
  const { problems } = useReview();
  const tabs = useRef<HTMLDivElement>(null);
  const wrong = (one: Panel) =>
    problems.filter(({ path }) => (one === 'image' ? /^(?:start|end)Frame/ : /^references/).test(path)).length;

  useEffect(() => {
    // Pasted where nothing is that takes it: such an event goes to the page itself.
    const paste = (event: ClipboardEvent) => {
      const files = event.clipboardData?.files;
      if (event.defaultPrevented || files === undefined || files.length === 0) return;
      event.preventDefault();
      if (panel === 'image') addFrames(files, card);
      else addFiles(files, card);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [card, panel]);

  const turn = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = panel === 'image' ? 'references' : 'image';
    setPanel(next);
    tabs.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <section className="compose-section" aria-label={t('inputs')}>
      <h2 className="hidden-visually">{t('inputs')}</h2>
      <div className="input-toolbar">
        <div ref={tabs} className="input-tabs" role="tablist" aria-label={t('inputs')}>
          {panels.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`tab-${one}`}
              aria-selected={panel === one}
              aria-controls="input-panel"
              tabIndex={panel === one ? 0 : -1}
              className="input-tab"
              onClick={() => setPanel(one)}
              onKeyDown={turn}
            >
              {t(one)}
              {panel !== one && wrong(one) > 0 && (
                <span className="input-tab-wrong" title={t('misfits', { count: wrong(one) })}>
                  {wrong(one)}
                </span>
              )}
            </button>
          ))}
        </div>
        <AddInput card={card} onAdded={setPanel} />
      </div>
      <FitNotes />
      <div role="tabpanel" id="input-panel" aria-labelledby={`tab-${panel}`}>
        {panel === 'references' ? <ReferencesPanel card={card} /> : <FramesPanel card={card} />}
      </div>
    </section>
  );
}
