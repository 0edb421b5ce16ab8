import './settings.css';
import type { Language } from '@refreel/core/model';
import { startTransition, useOptimistic } from 'react';
import { useTranslations } from 'use-intl';
import { useSession, useSignIn } from '../server/session.ts';
import { Choice } from '../shared/choice.tsx';
import { prefer, themes, usePreferences } from '../shared/preferences.ts';
import { speak } from '../words/speak.ts';
import { AccountsSection } from './accounts-section.tsx';
import { Administration } from './administration.tsx';
import { BudgetsSection } from './budgets-section.tsx';
import { Section } from './section.tsx';
import { ShortcutList } from './shortcut-list.tsx';

const languageNames = { en: 'English', zh: '中文' } as const;

/** What this browser remembers, who it is to the server, and what the server lets be set. */
export function Settings() {
  const t = useTranslations('preferences');
  const { language, theme } = usePreferences();
  // What was chosen shows at once; its words come a moment later, or not at all.
  const [chosen, choose] = useOptimistic(language);
  const chooseLanguage = (option: Language) =>
    startTransition(async () => {
      choose(option);
      await speak(option);
    });
  const { data: session } = useSession();
  const { signOut } = useSignIn();
  const stranger = session?.keyNeeded === true && session.by === null;
  return (
    <main className="settings-page">
      <h1>{t('title')}</h1>
      {session !== undefined && (
        <p className={session.mode === 'live' ? 'finding advice' : 'finding'} data-mode={session.mode}>
          <span className="finding-words">{t(`modes.${session.mode}`)}</span>
        </p>
      )}
      <Section title={t('look')}>
        <Choice
          legend={t('language')}
          options={Object.keys(languageNames)}
          value={chosen}
          show={(option) => languageNames[option as Language]}
          onChoose={(option) => chooseLanguage(option as Language)}
        />
        <Choice
          legend={t('theme')}
          options={themes}
          value={theme}
          show={(option) => t(`themes.${option as (typeof themes)[number]}`)}
          onChoose={(option) => prefer({ theme: option as (typeof themes)[number] })}
        />
      </Section>
      {!stranger && <BudgetsSection />}
      <AccountsSection />
      <Section title={t('access')}>
        {session?.by === 'session' && session.key !== null ? (
          <>
            <p>{t('signedIn', { name: session.key.name, prefix: session.key.prefix })}</p>
            <button type="button" className="button" onClick={() => void signOut()}>
              {t('signOut')}
            </button>
          </>
        ) : (
          <p className="quiet">{t(stranger ? 'signedOut' : 'noKeyNeeded')}</p>
        )}
        <p className="small">
          <a href="/docs">{t('api')}</a>
        </p>
      </Section>
      <Administration />
      <ShortcutList />
    </main>
  );
}
