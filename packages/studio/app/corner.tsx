import { useTranslations } from 'use-intl';
import { prefer, usePreferences } from '../shared/preferences.ts';

/** The language, one click away from the other one. */
export function Corner() {
  const t = useTranslations('shell');
  const language = usePreferences((preferences) => preferences.language);
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <div className="shell-corner">
      <button
        type="button"
        className="button plain"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        aria-label={t('otherLanguage')}
        onClick={() => prefer({ language: other })}
      >
        {other === 'zh' ? '中文' : 'English'}
      </button>
    </div>
  );
}
