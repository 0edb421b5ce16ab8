import { Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { lazyPart } from '../shared/lazy-part.tsx';
import { useShortcut } from '../shared/shortcuts.ts';

const ShortcutDialog = lazyPart(async () => (await import('../shared/shortcut-dialog.tsx')).ShortcutDialog);

/** The keys that work on every page. */
export function Shortcuts() {
  const [, go] = useLocation();
  const [open, setOpen] = useState(false);
  useShortcut('help', () => setOpen(true));
  useShortcut('toCompose', () => go('/'));
  useShortcut('toGallery', () => go('/gallery'));
  useShortcut('toLibrary', () => go('/library'));
  useShortcut('toProjects', () => go('/projects'));
  useShortcut('toSettings', () => go('/settings'));
  if (!open) return null;
  return (
    <Suspense>
      <ShortcutDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}
