import type { SavedReference } from '@refreel/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { mediaIn } from '../document/project-media.ts';
import { useRefreel } from '../server/client.ts';
import { referencesKey } from '../server/references.ts';
import { Dialog } from '../shared/dialog.tsx';
import { useDoing } from '../shared/use-doing.ts';

/** Asks once more before a reference goes out of the library, and says what goes with it and what stays. */
export function Forget({ saved, onClose }: { readonly saved: SavedReference; readonly onClose: () => void }) {
  const t = useTranslations('library');
  const queries = useQueryClient();
  const refreel = useRefreel();
  const { busy, failure, start } = useDoing();
  const { id, name, uses } = saved;
  const media = mediaIn({ model: '', references: [saved], shots: [] }).length;
  const forget = () =>
    start(async () => {
      await refreel.references.remove(id);
      await queries.invalidateQueries({ queryKey: referencesKey });
      onClose();
    });
  return (
    <Dialog label={t('forgetTitle', { name })} className="forget" onClose={onClose}>
      <h2>{t('forgetTitle', { name })}</h2>
      <ul>
        <li>{t('forgetGoes', { count: media })}</li>
        <li>{t('forgetStays', { count: uses.count })}</li>
        <li>{t('forgetBreaks')}</li>
      </ul>
      {failure !== undefined && (
        <p role="alert" className="finding wrong">
          {failure}
        </p>
      )}
      <div className="forget-actions">
        <button type="button" className="button" onClick={onClose}>
          {t('keepIt')}
        </button>
        <button type="button" className="button wrong" disabled={busy} onClick={() => void forget()}>
          {t('forget')}
        </button>
      </div>
    </Dialog>
  );
}
