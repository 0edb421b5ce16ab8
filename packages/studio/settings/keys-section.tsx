import type { Key, Refreel } from '@refreel/sdk';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { copyText } from '../shared/copy-text.ts';
import { Icon } from '../shared/icon.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { zone } from '../shared/zone.ts';
import { Section } from './section.tsx';
import { useDeed } from './use-deed.ts';

/** Who may come in. A new key is shown once. */
export function KeysSection({ administrator }: { readonly administrator: Refreel }) {
  const t = useTranslations('keys');
  const { busy, failure, run } = useDeed('keys', 'session');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState<string>();
  const [asked, setAsked] = useState<string>();
  const { data, error } = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => administrator.keys.list({ signal }),
  });
  const create = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      setSecret((await administrator.keys.create({ name: name.trim() })).secret);
      setName('');
    });
  };
  return (
    <Section title={t('title')} failure={failure ?? (error === null ? undefined : whyFailed(error))}>
      {secret !== undefined && (
        <div className="finding settings-secret" role="status">
          <span className="finding-words">
            {t('once')} <code>{secret}</code>
          </span>
          <button type="button" className="button tiny" onClick={() => void copyText(secret)}>
            <Icon name="copy" size={14} /> {t('copy')}
          </button>
          <button type="button" className="button plain tiny" onClick={() => setSecret(undefined)}>
            {t('hide')}
          </button>
        </div>
      )}
      {data?.length === 0 && <p className="quiet">{t('none')}</p>}
      <ul className="settings-list">
        {data?.map((key) => (
          <li key={key.id} className="settings-row" data-key={key.name}>
            <KeyWords shown={key} />
            {key.revokedAt === null &&
              (asked === key.id ? (
                <button
                  type="button"
                  className="button tiny danger"
                  disabled={busy}
                  onClick={() => void run(() => administrator.keys.revoke(key.id))}
                >
                  {t('revokeReally')}
                </button>
              ) : (
                <button
                  type="button"
                  className="button plain tiny"
                  aria-label={t('revokeOne', { name: key.name })}
                  onClick={() => setAsked(key.id)}
                >
                  {t('revoke')}
                </button>
              ))}
          </li>
        ))}
      </ul>
      <form className="settings-line" onSubmit={create}>
        <label className="settings-grow">
          <span className="small quiet">{t('name')}</span>
          <input className="field" maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <button type="submit" className="button" disabled={busy || name.trim() === ''}>
          {t('create')}
        </button>
      </form>
    </Section>
  );
}

function KeyWords({ shown: { name, prefix, createdAt, lastUsedAt, revokedAt } }: { readonly shown: Key }) {
  const t = useTranslations('keys');
  const format = useFormatter();
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeZone: zone });
  return (
    <span className="settings-words">
      <strong>
        {name} <code className="small quiet">{prefix}…</code>{' '}
        {revokedAt !== null && <span className="badge quiet">{t('revoked')}</span>}
      </strong>
      <span className="small quiet">
        {t('made', { day: day(createdAt) })} · {lastUsedAt === null ? t('unused') : t('used', { day: day(lastUsedAt) })}
      </span>
    </span>
  );
}
