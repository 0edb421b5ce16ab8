import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useReview } from '../document/use-review.ts';
import { Icon } from '../shared/icon.tsx';
import { useShortcut } from '../shared/shortcuts.ts';

// It brings every dialect's writers.
const Drawer = lazy(async () => ({ default: (await import('./drawer.tsx')).DeveloperDrawer }));

/** Opens the request as code, once everything in it has arrived. */
export function DeveloperButton() {
  const t = useTranslations('developer');
  const { request, pending } = useReview();
  const [open, setOpen] = useState(false);
  const ready = request !== undefined && pending === 0;
  useShortcut('code', () => setOpen(ready));
  return (
    <>
      <button
        type="button"
        className="button plain round"
        aria-label={t('open')}
        disabled={!ready}
        onClick={() => setOpen(true)}
      >
        <Icon name="code" />
      </button>
      {open && (
        <Suspense>
          <Drawer onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
