import { cards } from '@refreel/core/catalog';
import { dialects, engines } from '@refreel/core/dialects';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';

const spoken = [...dialects, ...engines];
const usualDialect = spoken[0]?.id ?? '';

/** Adds an account: a dialect, an address, a key, and models of that dialect. */
export function AccountForm({
  busy,
  onAdd,
}: {
  readonly busy: boolean;
  readonly onAdd: (account: Readonly<Record<string, unknown>>) => Promise<boolean>;
}) {
  const t = useTranslations('accounts');
  const [dialect, setDialect] = useState(usualDialect);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const models = (said.models ?? '').split(/[\s,，]+/).filter((one) => one !== '');
    const { id = '', baseUrl = '', key = '' } = said;
    const account = { id: id.trim(), dialect, baseUrl: baseUrl.trim(), models, ...(key !== '' && { key }) };
    if (await onAdd(account)) form.reset();
  };
  const keyless = spoken.find(({ id }) => id === dialect)?.keyless === true;
  const own = cards.filter((card) => card.dialect === dialect).map(({ id }) => id);
  return (
    <details className="settings-add">
      <summary>{t('add')}</summary>
      <form className="settings-form" onSubmit={submit}>
        <Field label={t('id')} name="id" placeholder={dialect} />
        <label>
          <span className="small quiet">{t('dialect')}</span>
          <select className="field" value={dialect} onChange={(event) => setDialect(event.target.value)}>
            {spoken.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        <Field label={t('baseUrl')} name="baseUrl" type="url" placeholder="https://…" />
        <Field label={t('key')} name="key" type="password" optional={keyless} />
        <label className="settings-wide">
          <span className="small quiet">{t('modelIds')}</span>
          <textarea key={dialect} className="field" name="models" rows={2} required defaultValue={own.join(', ')} />
        </label>
        <button type="submit" className="button" disabled={busy}>
          {t('add')}
        </button>
      </form>
    </details>
  );
}

function Field({
  label,
  name,
  type = 'text',
  placeholder,
  optional = false,
}: {
  readonly label: string;
  readonly name: string;
  readonly type?: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
}) {
  return (
    <label>
      <span className="small quiet">{label}</span>
      <input
        className="field"
        name={name}
        type={type}
        required={!optional}
        autoComplete="off"
        placeholder={placeholder}
      />
    </label>
  );
}
