import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSignIn } from '../server/session.ts';
import { whyFailed } from '../shared/why-failed.ts';

/** Where a key is exchanged for a cookie. The key is kept nowhere. */
export function SignIn() {
  const t = useTranslations('signIn');
  const { signIn } = useSignIn();
  const [key, setKey] = useState('');
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(key.trim());
    } catch (error) {
      // A header cannot hold every sign; such a key is none.
      setFailure(error instanceof TypeError ? t('noKey') : whyFailed(error));
      setBusy(false);
    }
  };
  return (
    <main>
      <form className="sign-in panel" onSubmit={submit}>
        <h1>{t('title')}</h1>
        <p className="quiet">{t('why')}</p>
        <label>
          <span className="small quiet">{t('key')}</span>
          <input
            className="field"
            type="password"
            autoComplete="current-password"
            value={key}
            aria-invalid={failure !== undefined}
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        {failure !== undefined && (
          <p role="alert" className="finding wrong">
            {failure}
          </p>
        )}
        <button type="submit" className="button main" disabled={busy || key.trim() === ''}>
          {t('enter')}
        </button>
      </form>
    </main>
  );
}
