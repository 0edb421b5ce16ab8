import './pick-dialog.css';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';

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
      <header className="pick-head">
        <h2>{title}</h2>
        <button type="button" className="button plain round" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
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
