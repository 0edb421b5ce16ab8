import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isPending } from '../document/project.ts';
import { mediaIn } from '../document/project-media.ts';
import { useProject } from '../document/project-store.ts';
import { useReview } from '../document/use-review.ts';
import { Icon } from '../shared/icon.tsx';
import { lazyPart } from '../shared/lazy-part.tsx';
import { useShortcut } from '../shared/shortcuts.ts';

// It brings every dialect's writers.
const Drawer = lazyPart(async () => (await import('./drawer.tsx')).DeveloperDrawer);

/** Opens the request as code, once everything in it has arrived. */
export function DeveloperButton() {
  const t = useTranslations('developer');
  const { request, pending } = useReview();
  // The review follows what is typed a moment later, and would call a project ready whose pictures are on their way.
  const waits = useProject((project) => mediaIn(project.request).some(isPending));
  const [open, setOpen] = useState(false);
  const ready = request !== undefined && pending === 0 && !waits;
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
