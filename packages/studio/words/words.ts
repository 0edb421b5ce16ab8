import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

/** The Studio's words by language. */
export const wordsOf = { en, zh } as const;

declare module 'use-intl' {
  interface AppConfig {
    Locale: keyof typeof wordsOf;
    Messages: Words;
  }
}
