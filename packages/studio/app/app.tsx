import { RefreelError } from '@refreel/sdk';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { IntlProvider } from 'use-intl';
import { usePreferences } from '../shared/preferences.ts';
import { useTheme } from '../shared/use-theme.ts';
import { wordsOf } from '../words/words.ts';
import { Shell } from './shell.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The client itself tries again what may pass.
      retry: (failures, error) => failures < 1 && !(error instanceof RefreelError),
      staleTime: 30_000,
    },
  },
});

/** The whole Studio. */
export function App() {
  const language = usePreferences((preferences) => preferences.language);
  useTheme();
  return (
    <IntlProvider locale={language} messages={wordsOf(language)} timeZone="UTC">
      <QueryClientProvider client={queries}>
        <Shell />
      </QueryClientProvider>
    </IntlProvider>
  );
}
