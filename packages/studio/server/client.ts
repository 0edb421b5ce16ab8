import type { Language } from '@refreel/core/model';
import { openRefreel, type Refreel } from '@refreel/sdk';
import { usePreferences } from '../shared/preferences.ts';

const opened = new Map<Language, Refreel>();

/** The server that gave us this page, speaking the person's language. */
export function client(language = usePreferences.getState().language): Refreel {
  const found = opened.get(language) ?? openRefreel({ baseUrl: location.origin, language });
  opened.set(language, found);
  return found;
}

/** The same, in components: the language may change. */
export function useRefreel(): Refreel {
  return client(usePreferences(({ language }) => language));
}

/** Where the bytes of an asset are shown from: `asset:<sha256>`. */
export function assetAddress(asset: string): string {
  return `/v1/assets/${asset.replace(/^asset:/, '')}/content`;
}

/** Where a film of a generation is played from; `download` has the browser save it. */
export function filmAddress(generation: string, film: number, download = false): string {
  return `/v1/generations/${encodeURIComponent(generation)}/content?film=${film}${download ? '&download=true' : ''}`;
}
