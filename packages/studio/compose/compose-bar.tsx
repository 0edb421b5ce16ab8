import type { Card } from '@refreel/core/model';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { DeveloperButton } from '../developer/developer-button.tsx';
import { newKept } from '../document/kept-projects.ts';
import { emptyProject } from '../document/project.ts';
import { switchTo, useHistory } from '../document/project-store.ts';
import { openSample } from '../document/sample.ts';
import { Dialog } from '../shared/dialog.tsx';
import { Icon } from '../shared/icon.tsx';
import { usePreferences } from '../shared/preferences.ts';
import { useShortcut } from '../shared/shortcuts.ts';
import { ModelBrowser } from './models/model-browser.tsx';

/** The chosen model, and what concerns the whole document. */
export function ComposeBar({ card }: { readonly card: Card | undefined }) {
  const t = useTranslations('compose');
  const language = usePreferences((preferences) => preferences.language);
  const [browsing, setBrowsing] = useState(false);
  const { undo, redo, canUndo, canRedo } = useHistory();
  useShortcut('undo', undo);
  useShortcut('redo', redo);
  return (
    <div className="compose-bar">
      <div className="compose-model">
        <span className="compose-model-name">{card?.name[language] ?? t('unknownModel')}</span>
        <span className="small quiet">{card?.method[language]}</span>
      </div>
      <button type="button" className="button compose-change" onClick={() => setBrowsing(true)}>
        {t('change')}
      </button>
      {browsing && (
        <Dialog label={t('models')} className="compose-dialog" onClose={() => setBrowsing(false)}>
          <ModelBrowser onChosen={() => setBrowsing(false)} />
        </Dialog>
      )}
      <div className="compose-actions">
        <button
          type="button"
          className="button plain round"
          aria-label={t('undo')}
          disabled={!canUndo}
          onClick={() => undo()}
        >
          <Icon name="undo" />
        </button>
        <button
          type="button"
          className="button plain round"
          aria-label={t('redo')}
          disabled={!canRedo}
          onClick={() => redo()}
        >
          <Icon name="redo" />
        </button>
        <DeveloperButton />
        <button type="button" className="button plain" onClick={() => switchTo(newKept(emptyProject, ''))}>
          {t('new')}
        </button>
        <button type="button" className="button plain" onClick={() => void openSample(language)}>
          {t('sample')}
        </button>
      </div>
    </div>
  );
}
