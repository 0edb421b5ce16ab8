import { namePattern } from '@refreel/core/model';
import type { SavedReference } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRefreel } from '../server/client.ts';
import { referencesKey } from '../server/references.ts';
import { useDoing } from '../shared/use-doing.ts';

/** What a kept reference is called. Taken when it is left or Enter is pressed; Escape gives it up; what cannot be taken says why. */
export function SavedName({ saved }: { readonly saved: SavedReference }) {
  const t = useTranslations('library');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const why = useId();
  const [name, setName] = useState(saved.name);
  const { busy, failure, start } = useDoing();
  useEffect(() => setName(saved.name), [saved.name]);
  const wrong = !namePattern.test(name);
  const settle = () => {
    if (wrong) setName(saved.name);
    else if (name !== saved.name && !busy)
      void start(async () => {
        await refreel.references.change(saved.id, { name });
        await queries.invalidateQueries({ queryKey: referencesKey });
      });
  };
  const said = wrong ? t('nameWrong') : failure;
  return (
    <>
      <label className="saved-name">
        <span aria-hidden="true">@</span>
        <input
          value={name}
          aria-label={t('name', { name: saved.name })}
          aria-invalid={said !== undefined}
          {...(said !== undefined && { 'aria-describedby': why })}
          maxLength={40}
          onChange={({ target }) => setName(target.value)}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) settle();
            if (event.key === 'Escape') setName(saved.name);
          }}
        />
      </label>
      {said !== undefined && (
        <p id={why} role="alert" className="small saved-wrong">
          {said}
        </p>
      )}
    </>
  );
}
