import '../look/tokens.css';
import '../look/base.css';
import '../look/controls.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { usePreferences } from '../shared/preferences.ts';
import { loadWords } from '../words/words.ts';
import { App } from './app.tsx';
import { pages } from './pages.ts';

// The page comes together with the words; what becomes of it is for whoever shows it.
const opened = Object.entries(pages).find(([address]) => address === location.pathname)?.[1];
opened?.().catch(() => {});
// To wait for them at the top of a module would have the build part what belongs together.
void loadWords(usePreferences.getState().language).then(() =>
  createRoot(document.getElementById('studio')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
