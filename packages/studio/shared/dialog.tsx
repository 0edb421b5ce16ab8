import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from './icon.tsx';

/** A window above the page, of the browser's own kind: it keeps the focus, and Escape or a click beside it closes it. */
export function Dialog({
  label,
  className,
  onClose,
  children,
}: {
  readonly label: string;
  readonly className: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  // It gives the focus back to where it was only while it is still in the document.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown?.open === false) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is for who points.
    <dialog
      ref={dialog}
      className={`dialog panel ${className}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="dialog-inside">{children}</div>
    </dialog>
  );
}

/** The first line of a window: what it is, and how it is closed. */
export function DialogHead({ title, onClose }: { readonly title: string; readonly onClose: () => void }) {
  const t = useTranslations('shell');
  return (
    <header className="dialog-head">
      <h2>{title}</h2>
      <button type="button" className="button plain round" aria-label={t('close')} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  );
}
