import type { Facts, Film, Language, Request } from '@refreel/core/model';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Preview, previewLabels } from '../index.ts';

// The preview alone on a page, for its tests.

const root = createRoot(document.getElementById('root')!);

/** Shows a preview, or gives the one that is shown another film. */
function show(props: { request: Request; film: Film; facts: Facts }, language: Language): void {
  root.render(
    <StrictMode>
      <main lang={language} style={{ width: 900, color: '#f1f0ec', background: '#16181d', fontFamily: 'sans-serif' }}>
        <Preview {...props} labels={previewLabels[language]} />
      </main>
    </StrictMode>,
  );
}

/** What tests call. */
export interface PreviewPage {
  readonly show: typeof show;
}

const page: PreviewPage = { show };
Object.assign(globalThis, { previewing: page });
