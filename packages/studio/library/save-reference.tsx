import type { Reference } from '@refreel/core/model';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { mediaIn } from '../document/project-media.ts';
import { changeReference } from '../document/project-store.ts';
import { useRefreel } from '../server/client.ts';
import { referencesKey, useSavedReferences } from '../server/references.ts';
import { Icon } from '../shared/icon.tsx';
import { notify } from '../shared/notice.tsx';
import { useDoing } from '../shared/use-doing.ts';
import { whyFailed } from '../shared/why-failed.ts';

/** A small button that keeps a reference of Compose in the library. One that is there already says so. */
export function SaveReference({ reference }: { readonly reference: Reference }) {
  const t = useTranslations('library');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const { items } = useSavedReferences();
  const { busy, start } = useDoing();
  const { id, name } = reference;
  const media = mediaIn({ model: '', references: [reference], shots: [] });
  const stored = media.length > 0 && media.every((one) => one.startsWith('asset:'));
  const kept = items.some((one) => one.id === id);
  const save = () =>
    start(async () => {
      try {
        const { id: _, ...rest } = reference;
        const saved = await refreel.references.save(rest);
        // By the id that it has there the server knows where it is used.
        changeReference(id, (one) => ({ ...one, id: saved.id }));
        notify({ words: t('saved', { name }) });
        await queries.invalidateQueries({ queryKey: referencesKey });
      } catch (error) {
        notify({ words: t('saveFailed', { name, why: whyFailed(error) }) });
      }
    });
  return (
    <button
      type="button"
      className="button plain tiny round"
      aria-label={t(kept ? 'saved' : 'save', { name })}
      title={t(kept ? 'saved' : 'save', { name })}
      disabled={busy || kept || !stored}
      onClick={() => void save()}
    >
      <Icon name={kept ? 'libraried' : 'library'} size={16} />
    </button>
  );
}
