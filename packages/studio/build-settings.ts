import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { compiledWords } from './compiled-words.ts';
import { withoutJsonSchemas } from './without-json-schemas.ts';

/** How Vite builds the Studio from `root` into `outDir`. Everything but the page itself has its hash in its name. */
export function buildSettings(root: string, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    publicDir: false,
    base: '/',
    logLevel: 'warn',
    plugins: [react(), compiledWords(), withoutJsonSchemas()],
    build: {
      outDir,
      assetsDir: 'studio',
      // A data URI is neither cached nor shared.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2023',
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        // Schemas are made when a module is read. What nobody imports of the rules has no other effect and is left out.
        treeshake: { moduleSideEffects: (id: string) => !/\/packages\/(?:core|sdk)\//.test(id) },
      },
    },
  };
}
