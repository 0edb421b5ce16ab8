import { openRefreel, type Refreel, RefreelError } from '@refreel/sdk';
import { create } from 'zustand';
import { usePreferences } from '../shared/preferences.ts';

/** The administrator's key, as long as this page is open. It is stored nowhere. */
const useKey = create<{ readonly key: string | undefined }>(() => ({ key: undefined }));

/** A client with the administrator's key; undefined until it was given. */
export function useAdministrator(): Refreel | undefined {
  const key = useKey((state) => state.key);
  const language = usePreferences((preferences) => preferences.language);
  return key === undefined ? undefined : openRefreel({ baseUrl: location.origin, language, key });
}

/** Takes the key if the server does. @throws RefreelError; TypeError for what cannot be a key */
export async function beAdministrator(key: string): Promise<void> {
  const { language } = usePreferences.getState();
  await openRefreel({ baseUrl: location.origin, language, key }).keys.list();
  useKey.setState({ key });
}

export function leaveAdministration(): void {
  useKey.setState({ key: undefined });
}

/** Whether the server kept something to its administrator, or to whoever has a key. */
export function isKept(error: unknown): boolean {
  return error instanceof RefreelError && (error.status === 403 || error.status === 401);
}
