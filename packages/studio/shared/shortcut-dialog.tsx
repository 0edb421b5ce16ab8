import { useTranslations } from 'use-intl';
import { Dialog, DialogHead } from './dialog.tsx';
import { ShortcutTable } from './shortcut-table.tsx';

/** What `?` shows. */
export function ShortcutDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shortcuts');
  return (
    <Dialog label={t('title')} className="shortcut-dialog" onClose={onClose}>
      <DialogHead title={t('title')} onClose={onClose} />
      <ShortcutTable />
    </Dialog>
  );
}
