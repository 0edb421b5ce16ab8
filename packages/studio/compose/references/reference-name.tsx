import { namePattern, type Reference } from '@refreel/core/model';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { renameReference, useProject } from '../../document/project-store.ts';
import { notify } from '../../shared/notice.tsx';

/** What the prompt calls it. Taken when it is left or Enter is pressed; a name that cannot be one is not, and says so. */
export function ReferenceName({ reference }: { readonly reference: Reference }) {
  const t = useTranslations('references');
  const references = useProject(({ request }) => request.references);
  const [name, setName] = useState(reference.name);
  useEffect(() => setName(reference.name), [reference.name]);
  // A mention ends at a space: words of a name are held together.
  const wanted = name.trim().replace(/\s+/g, '_');
  const taken = references.some(({ id, name: other }) => id !== reference.id && same(other, wanted));
  const wrong = !namePattern.test(wanted) || taken;
  const why = wrong ? t(taken ? 'nameTaken' : 'nameWrong') : undefined;
  const settle = () => {
    if (why !== undefined) {
      setName(reference.name);
      notify({ words: t('nameKept', { wanted: name, name: reference.name, why }) });
    } else {
      setName(wanted);
      if (wanted !== reference.name) renameReference(reference.id, wanted);
    }
  };
  return (
    <label className="reference-name">
      <span aria-hidden="true">@</span>
      <input
        value={name}
        aria-label={t('name', { name: reference.name })}
        aria-invalid={wrong}
        title={why}
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
