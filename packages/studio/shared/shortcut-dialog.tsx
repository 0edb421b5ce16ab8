import { useTranslations } from 'use-intl';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { ShortcutTable } from './shortcut-table.tsx';

/** What `?` shows. */
export function ShortcutDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('shortcuts');
  return (
    <Dialog label={t('title')} className="shortcut-dialog" onClose={onClose}>
      <header>
        <h2>{t('title')}</h2>
        <button type="button" className="button plain round" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <ShortcutTable />
    </Dialog>
  );
}
