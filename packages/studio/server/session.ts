import { type Identity, openRefreel } from '@refreel/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { usePreferences } from '../shared/preferences.ts';
import { client } from './client.ts';

/** What the server knows of whoever opened this page. */
export type Session = Identity;

/** Asked again whenever the window is looked at. */
export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: ({ signal }) => client().session.get({ signal }), retry: 1 });
}

/** Exchanges a key for a cookie, which no script can read, and takes it back. */
export function useSignIn() {
  const queries = useQueryClient();
  return {
    /** @throws RefreelError; TypeError for what cannot be a key */
    async signIn(key: string) {
      const { language } = usePreferences.getState();
      await openRefreel({ baseUrl: location.origin, language, key }).session.begin();
      await queries.resetQueries();
    },
    async signOut() {
      await client().session.end();
      // Whatever was shown was shown to somebody else.
      await queries.resetQueries();
    },
  };
}
