import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useSession } from '../server/session.ts';
import { usePreferences } from '../shared/preferences.ts';
import { speak } from '../words/speak.ts';

/** The language, one click away from the other one. */
export function Corner() {
  const t = useTranslations('shell');
  const language = usePreferences((preferences) => preferences.language);
  const mode = useSession().data?.mode;
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <div className="shell-corner">
      {mode !== undefined && (
        <Link href="/settings" className={mode === 'live' ? 'badge shell-mode live' : 'badge quiet shell-mode'}>
          {t(`modes.${mode}`)}
        </Link>
      )}
      <button
        type="button"
        className="button plain"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        aria-label={t('otherLanguage')}
        onClick={() => void speak(other)}
      >
        {other === 'zh' ? '中文' : 'English'}
      </button>
    </div>
  );
}
