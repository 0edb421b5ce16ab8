import { cards } from '@refreel/core/catalog';
import { showMoney } from '@refreel/core/model';
import type { Budget, BudgetPeriod } from '@refreel/sdk';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { whyFailed } from '../shared/why-failed.ts';
import { isKept } from './administrator.ts';
import { readMicros } from './amount.ts';
import { Section } from './section.tsx';
import { useDeed } from './use-deed.ts';

const periods = ['day', 'month', 'total'] as const;
/** Of prices in the catalog. */
const currencies = [...new Set(cards.flatMap(({ price }) => price?.currency ?? []))].sort();

/** How much the workspace may spend at vendors, and how that stands. */
export function BudgetsSection() {
  const t = useTranslations('budgets');
  const refreel = useRefreel();
  const { busy, failure, run } = useDeed('budgets');
  const { data, error } = useQuery({
    queryKey: ['budgets'],
    queryFn: ({ signal }) => refreel.budgets.list({ signal }),
  });
  if (isKept(error)) return null;
  return (
    <Section title={t('title')} about={t('about')} failure={failure ?? (error === null ? undefined : whyFailed(error))}>
      {data?.length === 0 && <p className="quiet">{t('none')}</p>}
      <ul className="settings-list">
        {data?.map((budget) => (
          <BudgetRow
            key={budget.id}
            budget={budget}
            busy={busy}
            onRemove={() => void run(() => refreel.budgets.remove(budget.id))}
          />
        ))}
      </ul>
      <BudgetForm
        busy={busy}
        onSet={(micros, currency, period) => run(() => refreel.budgets.set({ limit: { micros, currency }, period }))}
      />
    </Section>
  );
}

function BudgetRow({
  budget: { id, limit, period, key, spent, reserved, left, setBy, uncounted },
  busy,
  onRemove,
}: {
  readonly budget: Budget;
  readonly busy: boolean;
  readonly onRemove: () => void;
}) {
  const t = useTranslations('budgets');
  const amount = showMoney(limit);
  return (
    <li className="settings-row" data-budget={id}>
      <span className="settings-words">
        <strong>
          {t(`of.${period}`, { amount })} {key !== null && <span className="badge quiet">{t('ofKey', { key })}</span>}
        </strong>
        <meter
          className="budget-meter"
          aria-label={t('taken', { amount })}
          min={0}
          max={Math.max(1, limit.micros)}
          value={Math.min(limit.micros, spent.micros + reserved.micros)}
        />
        <span className="small quiet">
          {t('stands', { spent: showMoney(spent), reserved: showMoney(reserved), left: showMoney(left) })}
        </span>
        {uncounted.length > 0 && (
          <span className="small wrong-words">{t('uncounted', { amounts: uncounted.map(showMoney).join(', ') })}</span>
        )}
      </span>
      {setBy === 'workspace' ? (
        <button
          type="button"
          className="button plain tiny"
          disabled={busy}
          aria-label={t('removeOne', { budget: t(`of.${period}`, { amount }) })}
          onClick={onRemove}
        >
          {t('remove')}
        </button>
      ) : (
        <span className="small quiet">{t('administrators')}</span>
      )}
    </li>
  );
}

function BudgetForm({
  busy,
  onSet,
}: {
  readonly busy: boolean;
  readonly onSet: (micros: number, currency: string, period: BudgetPeriod) => Promise<boolean>;
}) {
  const t = useTranslations('budgets');
  const [text, setText] = useState('');
  const [currency, setCurrency] = useState(currencies.at(-1) ?? 'USD');
  const [period, setPeriod] = useState<BudgetPeriod>('month');
  const micros = readMicros(text);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (micros !== undefined && (await onSet(micros, currency, period))) setText('');
  };
  return (
    <form className="settings-line" onSubmit={submit}>
      <label>
        <span className="small quiet">{t('amount')}</span>
        <input
          className="field"
          inputMode="decimal"
          value={text}
          aria-invalid={text !== '' && micros === undefined}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label>
        <span className="small quiet">{t('currency')}</span>
        <select className="field" value={currency} onChange={(event) => setCurrency(event.target.value)}>
          {currencies.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        <span className="small quiet">{t('period')}</span>
        <select className="field" value={period} onChange={(event) => setPeriod(event.target.value as BudgetPeriod)}>
          {periods.map((one) => (
            <option key={one} value={one}>
              {t(`periods.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button" disabled={busy || micros === undefined}>
        {t('set')}
      </button>
    </form>
  );
}
