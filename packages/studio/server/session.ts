import { RefreelError, type ShownProblem } from '@refreel/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { usePreferences } from '../shared/preferences.ts';

/** What the server knows of whoever opened this page. */
export interface Session {
  readonly keyNeeded: boolean;
  /** Null for nobody: a key is needed, and none was given. */
  readonly by: 'key' | 'session' | 'machine' | null;
  readonly workspace: { readonly id: string; readonly name: string } | null;
  readonly key: { readonly id: string; readonly name: string; readonly prefix: string } | null;
  readonly expiresAt: string | null;
}

/** Asked again whenever the window is looked at. */
export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: () => ask('GET'), retry: 1 });
}

/** Exchanges a key for a cookie, which no script can read, and takes it back. */
export function useSignIn() {
  const queries = useQueryClient();
  return {
    async signIn(key: string) {
      await ask('POST', key);
      await queries.resetQueries();
    },
    async signOut() {
      await ask('DELETE');
      // Whatever was shown was shown to somebody else.
      await queries.resetQueries();
    },
  };
}

async function ask(method: 'GET' | 'POST' | 'DELETE', key?: string): Promise<Session | undefined> {
  const { language } = usePreferences.getState();
  const headers = {
    'accept-language': language,
    ...(method === 'POST' && { 'content-type': 'application/json' }),
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  const answer = await fetch('/v1/session', { method, headers, ...(method === 'POST' && { body: '{}' }) });
  if (answer.status === 204) return undefined;
  const said = (await answer.json()) as Session & { problems?: readonly ShownProblem[] };
  if (answer.ok) return said;
  const problems = said.problems ?? [];
  const message = problems.map((one) => `${one.message} ${one.remedy}`).join('\n');
  throw new RefreelError({ kind: 'refused', message, status: answer.status, problems });
}
