import { useEffect } from 'react';
import { usePreferences } from './preferences.ts';

/** Writes theme and language on the document, where styles and screen readers look for them. */
export function useTheme(): void {
  const { theme, language } = usePreferences();
  useEffect(() => {
    const light = matchMedia('(prefers-color-scheme: light)');
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme;
    };
    apply();
    light.addEventListener('change', apply);
    return () => light.removeEventListener('change', apply);
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
}
