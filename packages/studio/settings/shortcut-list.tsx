import { useTranslations } from 'use-intl';
import { ShortcutTable } from '../shared/shortcut-table.tsx';
import { Section } from './section.tsx';

/** The keys of every screen. */
export function ShortcutList() {
  const t = useTranslations('shortcuts');
  return (
    <Section title={t('title')}>
      <ShortcutTable />
    </Section>
  );
}
