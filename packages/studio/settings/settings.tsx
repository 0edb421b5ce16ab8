import './settings.css';
import { useTranslations } from 'use-intl';
import { useSession, useSignIn } from '../server/session.ts';
import { Choice } from '../shared/choice.tsx';
import { prefer, themes, usePreferences } from '../shared/preferences.ts';

const languageNames = { en: 'English', zh: '中文' } as const;

/** What this browser remembers, and who it is to the server. */
export function Settings() {
  const t = useTranslations('preferences');
  const { language, theme } = usePreferences();
  const { data: session } = useSession();
  const { signOut } = useSignIn();
  return (
    <main className="settings-page">
      <h1>{t('title')}</h1>
      <section className="panel settings-card" aria-label={t('look')}>
        <Choice
          legend={t('language')}
          options={Object.keys(languageNames)}
          value={language}
          show={(option) => languageNames[option as 'en' | 'zh']}
          onChoose={(option) => prefer({ language: option as 'en' | 'zh' })}
        />
        <Choice
          legend={t('theme')}
          options={themes}
          value={theme}
          show={(option) => t(`themes.${option as (typeof themes)[number]}`)}
          onChoose={(option) => prefer({ theme: option as (typeof themes)[number] })}
        />
      </section>
      <section className="panel settings-card" aria-label={t('access')}>
        <h2>{t('access')}</h2>
        {session?.by === 'session' && session.key !== null ? (
          <>
            <p>{t('signedIn', { name: session.key.name, prefix: session.key.prefix })}</p>
            <button type="button" className="button" onClick={() => void signOut()}>
              {t('signOut')}
            </button>
          </>
        ) : (
          <p className="quiet">{t('noKeyNeeded')}</p>
        )}
        <p className="small">
          <a href="/docs">{t('api')}</a>
        </p>
      </section>
    </main>
  );
}
