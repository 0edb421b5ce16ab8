import type { Language } from '@refreel/core/model';
import { createTranslator } from 'use-intl';
import { usePreferences } from '../shared/preferences.ts';
import type { Words } from './en.ts';

const files: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
};
const loaded = new Map<Language, Words>();

/** Loads the words of a language. Whoever reads one language loads no other. */
export async function loadWords(language: Language): Promise<Words> {
  const words = loaded.get(language) ?? (await files[language]());
  loaded.set(language, words);
  return words;
}

/** The words of a language that was loaded. A build leaves none of them as they are written: use-intl reads them, nobody else. */
export function wordsOf(language: Language): Words {
  const words = loaded.get(language);
  if (words === undefined) throw new Error(`the words of "${language}" are not loaded`);
  return words;
}

/** What `useTranslations` gives, for whoever is no part of a page. */
export function translator() {
  const locale = usePreferences.getState().language;
  return createTranslator({ locale, messages: wordsOf(locale) });
}

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Words;
  }
}
