import type { Account, CheckedAccount } from '@refreel/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { whyFailed } from '../shared/why-failed.ts';
import { AccountForm } from './account-form.tsx';
import { isKept, useAdministrator } from './administrator.ts';
import { Section } from './section.tsx';
import { useDeed } from './use-deed.ts';

/** Where films are sent. Keys go in and are never seen again. */
export function AccountsSection() {
  const t = useTranslations('accounts');
  const administrator = useAdministrator();
  const visitor = useRefreel();
  const refreel = administrator ?? visitor;
  const { busy, failure, run } = useDeed('accounts');
  const [checked, setChecked] = useState<Readonly<Record<string, CheckedAccount>>>({});
  const { data, error } = useQuery({
    queryKey: ['accounts', administrator !== undefined],
    queryFn: ({ signal }) => refreel.accounts.list({ signal }),
  });
  const check = (id: string) =>
    run(async () => {
      const found = await refreel.accounts.check(id);
      setChecked((all) => ({ ...all, [id]: found }));
    });
  if (isKept(error)) return null;
  return (
    <Section title={t('title')} about={t('about')} failure={failure ?? (error === null ? undefined : whyFailed(error))}>
      {data?.items.length === 0 && data.unreadable.length === 0 && <p className="quiet">{t('none')}</p>}
      <ul className="settings-list">
        {data?.items.map((account) => (
          <li key={account.id} className="settings-row" data-account={account.id}>
            <AccountWords account={account} checked={checked[account.id]} />
            <button type="button" className="button tiny" disabled={busy} onClick={() => void check(account.id)}>
              {t('check')}
            </button>
            {administrator !== undefined && account.origin === 'added' && (
              <button
                type="button"
                className="button plain tiny"
                disabled={busy}
                aria-label={t('removeOne', { id: account.id })}
                onClick={() => void run(() => administrator.accounts.remove(account.id))}
              >
                {t('remove')}
              </button>
            )}
          </li>
        ))}
        {data?.unreadable.map(({ id, problem }) => (
          <li key={id} className="settings-row">
            <span className="settings-words">
              <strong>{id}</strong>
              <span className="small wrong-words">
                {problem.message} {problem.remedy}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {administrator !== undefined && (
        <AccountForm busy={busy} onAdd={(account) => run(() => administrator.accounts.add(account))} />
      )}
    </Section>
  );
}

function AccountWords({
  account: { id, dialect, baseUrl, region, models, aside, origin },
  checked,
}: {
  readonly account: Account;
  readonly checked: CheckedAccount | undefined;
}) {
  const t = useTranslations('accounts');
  const problem = checked === undefined ? aside?.problem : checked.problem;
  return (
    <span className="settings-words">
      <strong>
        {id} {aside !== null && <span className="badge">{t('aside')}</span>}
      </strong>
      <span className="small quiet">
        {[
          dialect,
          new URL(baseUrl).host,
          region,
          t('models', { count: Object.keys(models).length }),
          t(`origins.${origin}`),
        ]
          .filter((one) => one !== null)
          .join(' · ')}
      </span>
      {checked !== undefined && (
        <span className={`small ${checked.key === 'taken' ? 'good-words' : 'wrong-words'}`} role="status">
          {t(`keys.${checked.key}`)}
        </span>
      )}
      {problem != null && (
        <span className="small wrong-words">
          {problem.message} {problem.remedy}
        </span>
      )}
    </span>
  );
}
