import type { Language } from '@refreel/core/model';
import { loadPart } from '../shared/outdated.ts';
import { prefer } from '../shared/preferences.ts';
import { loadWords } from './words.ts';

/** Has the Studio speak a language from the moment on when its words are there. */
export async function speak(language: Language): Promise<void> {
  if (await loadPart(() => loadWords(language))) prefer({ language });
}
