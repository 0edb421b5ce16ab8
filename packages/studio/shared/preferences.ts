import type { Language } from '@refreel/core/model';
import { create } from 'zustand';
import { readStored, writeStored } from './stored.ts';

export const themes = ['dark', 'light', 'system'] as const;
export type Theme = (typeof themes)[number];

/** What this browser remembers of whoever sits before it. */
export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
}

const place = 'refreel.preferences';

/** Language and theme; kept in this browser. */
export const usePreferences = create<Preferences>(() => {
  const kept = readStored(place) as Partial<Preferences> | undefined;
  const language = kept?.language === 'en' || kept?.language === 'zh' ? kept.language : browserLanguage();
  const theme = themes.find((one) => one === kept?.theme) ?? 'dark';
  return { language, theme };
});

/** Changes and keeps preferences. */
export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
  writeStored(place, usePreferences.getState());
}

function browserLanguage(): Language {
  const first = navigator.languages.find((one) => /^(?:en|zh)\b/i.test(one)) ?? 'en';
  return first.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
