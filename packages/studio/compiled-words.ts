import { pathToFileURL } from 'node:url';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

type Words = { readonly [key: string]: string | Words };

/**
 * Has a build hold the words as use-intl formats them. Otherwise every visitor would load the grammar of ICU messages, to parse at each visit
 * what never changes.
 */
export function compiledWords(): Plugin {
  return {
    name: 'refreel-compiled-words',
    enforce: 'pre',
    config: () => ({
      resolve: { alias: [{ find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' }] },
    }),
    async load(id) {
      const language = /\/studio\/words\/(en|zh)\.ts$/.exec(id)?.[1];
      if (language === undefined) return undefined;
      const words = (await import(pathToFileURL(id).href))[language] as Words;
      return `export const ${language} = ${JSON.stringify(compiled(words))};`;
    },
  };
}

function compiled(words: Words): object {
  const entries = Object.entries(words).map(([key, said]) => [
    key,
    typeof said === 'string' ? compile(said) : compiled(said),
  ]);
  return Object.fromEntries(entries);
}
