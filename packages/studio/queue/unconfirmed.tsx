import type { Attempt, Generation, Resolution } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { showGeneration } from '../server/generations.ts';
import { Choice } from '../shared/choice.tsx';
import { useDoing } from '../shared/use-doing.ts';

const answers = ['known', 'notCreated', 'failed'] as const;
const bills = ['unknown', 'no', 'yes'] as const;

/** Why nobody knows whether the vendor has an attempt, and where a person who looked there says what is true. */
export function Unconfirmed({ generation, attempt }: { readonly generation: Generation; readonly attempt: Attempt }) {
  const t = useTranslations('unconfirmed');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const name = useId();
  const [answer, setAnswer] = useState<(typeof answers)[number]>();
  const [id, setId] = useState('');
  const [billed, setBilled] = useState<(typeof bills)[number]>('unknown');
  const { busy, failure, start } = useDoing();
  const { account, index } = attempt;
  const settle = (event: FormEvent) => {
    event.preventDefault();
    const as: Resolution['as'] =
      answer === 'known' ? { id: id.trim() } : answer === 'failed' ? 'failed' : 'not-created';
    const resolution = { attempt: index, as, ...(answer === 'failed' && { billed }) };
    void start(async () => showGeneration(queries, await refreel.generations.resolve(generation.id, resolution)));
  };
  return (
    <form className="finding advice unconfirmed" onSubmit={settle}>
      {generation.attempts.length > 1 && <strong>{t('attempt', { number: index + 1 })}</strong>}
      <p>{t('why', { account })}</p>
      <fieldset>
        <legend>{t('look', { account })}</legend>
        {answers.map((one) => (
          <label key={one} className="unconfirmed-answer">
            <input type="radio" name={name} checked={answer === one} onChange={() => setAnswer(one)} />
            <span>
              {t(one)} <span className="quiet">{t(`${one}Then`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {answer === 'known' && (
        <label>
          <span>{t('id')}</span>
          <input className="field" value={id} maxLength={300} onChange={({ target }) => setId(target.value)} />
        </label>
      )}
      {answer === 'failed' && (
        <Choice
          legend={t('billed')}
          options={bills}
          value={billed}
          show={(one) => t(`bills.${one as (typeof bills)[number]}`)}
          onChoose={(one) => setBilled(one as (typeof bills)[number])}
        />
      )}
      {failure !== undefined && <p role="alert">{failure}</p>}
      <button
        type="submit"
        className="button tiny"
        disabled={busy || answer === undefined || (answer === 'known' && !/^[\x21-\x7e]{1,300}$/.test(id.trim()))}
      >
        {t('settle')}
      </button>
    </form>
  );
}
