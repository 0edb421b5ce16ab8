import { namePattern, type Reference } from '@refreel/core/model';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { renameReference, useProject } from '../../document/project-store.ts';

/** What the prompt calls it. Taken when it is left or Enter is pressed; a name that cannot be one is not, and says so. */
export function ReferenceName({ reference }: { readonly reference: Reference }) {
  const t = useTranslations('references');
  const references = useProject(({ request }) => request.references);
  const [name, setName] = useState(reference.name);
  useEffect(() => setName(reference.name), [reference.name]);
  const taken = references.some(({ id, name: other }) => id !== reference.id && same(other, name));
  const wrong = !namePattern.test(name) || taken;
  const settle = () => {
    if (wrong) setName(reference.name);
    else if (name !== reference.name) renameReference(reference.id, name);
  };
  return (
    <label className="reference-name">
      <span aria-hidden="true">@</span>
      <input
        value={name}
        aria-label={t('name', { name: reference.name })}
        aria-invalid={wrong}
        title={wrong ? t(taken ? 'nameTaken' : 'nameWrong') : undefined}
        maxLength={40}
        onChange={(event) => setName(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
    </label>
  );
}

function same(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();
}
