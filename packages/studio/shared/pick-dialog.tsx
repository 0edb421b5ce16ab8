import './pick-dialog.css';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogHead } from './dialog.tsx';

/** A window with a grid of pictures, one of which is picked. The children are its list items. */
export function PickDialog({
  title,
  failure,
  empty,
  more,
  onClose,
  children,
}: {
  readonly title: string;
  readonly failure: string | undefined;
  /** What is said where there is nothing to pick; undefined while it is not known. */
  readonly empty: string | undefined;
  /** Asks for what comes after what is shown. */
  readonly more: { readonly busy: boolean; readonly ask: () => void } | undefined;
  readonly onClose: () => void;
  readonly children: readonly ReactNode[];
}) {
  const t = useTranslations('gallery');
  return (
    <Dialog label={title} className="pick-dialog" onClose={onClose}>
      <DialogHead title={title} onClose={onClose} />
      {failure !== undefined && (
        <p role="alert" className="finding wrong">
          {failure}
        </p>
      )}
      {children.length === 0 && failure === undefined && empty !== undefined && <p className="quiet">{empty}</p>}
      <ul className="pick-grid">{children}</ul>
      {more !== undefined && (
        <button type="button" className="button" disabled={more.busy} onClick={more.ask}>
          {t('more')}
        </button>
      )}
    </Dialog>
  );
}
