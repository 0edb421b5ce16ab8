import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { whyFailed } from '../shared/why-failed.ts';
import { beAdministrator, leaveAdministration, useAdministrator } from './administrator.ts';
import { KeysSection } from './keys-section.tsx';
import { Section } from './section.tsx';

/** What the administrator's key opens: keys here, more buttons elsewhere. */
export function Administration() {
  const t = useTranslations('administration');
  const administrator = useAdministrator();
  const [key, setKey] = useState('');
  const [failure, setFailure] = useState<string>();
  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(undefined);
    try {
      await beAdministrator(key.trim());
      setKey('');
    } catch (error) {
      setFailure(error instanceof TypeError ? t('noKey') : whyFailed(error));
    }
  };
  if (administrator !== undefined)
    return (
      <>
        <KeysSection administrator={administrator} />
        <button type="button" className="button settings-leave" onClick={leaveAdministration}>
          {t('leave')}
        </button>
      </>
    );
  return (
    <Section title={t('title')} about={t('about')} failure={failure}>
      <form className="settings-line" onSubmit={enter}>
        <label className="settings-grow">
          <span className="small quiet">{t('key')}</span>
          <input
            className="field"
            type="password"
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={key.trim() === ''}>
          {t('open')}
        </button>
      </form>
    </Section>
  );
}
