import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogHead } from './dialog.tsx';
import { type Absence, findPart } from './outdated.ts';

/** What can be closed is a window, `page` is one, and anything else stands within a page. */
type Place = 'page' | 'part';

/**
 * A component that is loaded when it is first shown. Where its script cannot be loaded, as after an update of the server, the page stays as it
 * is, and in the component's place stands why, and what loads the page again.
 */
export function lazyPart<Properties extends object>(
  load: () => Promise<ComponentType<Properties>>,
  place: Place = 'part',
): LazyExoticComponent<ComponentType<Properties>> {
  return lazy(async () => {
    const found = await findPart(load);
    if ('part' in found) return { default: found.part };
    return {
      default: (properties: Properties) => (
        <Absent why={found.absent} place={place} onClose={(properties as { readonly onClose?: () => void }).onClose} />
      ),
    };
  });
}

function Absent({
  why,
  place,
  onClose,
}: {
  readonly why: Absence;
  readonly place: Place;
  readonly onClose: (() => void) | undefined;
}) {
  const t = useTranslations('shell');
  const words = t(`absent.${why}`);
  const again = (
    <button type="button" className="button main" onClick={() => location.reload()}>
      {t('reload')}
    </button>
  );
  if (place === 'page')
    return (
      <main className="sign-in panel">
        <div role="alert">
          <h1>{t(`absent.${why}Title`)}</h1>
          <p>{words}</p>
        </div>
        {again}
      </main>
    );
  if (onClose !== undefined)
    return (
      <Dialog label={t(`absent.${why}Title`)} className="absent-part" onClose={onClose}>
        <DialogHead title={t(`absent.${why}Title`)} onClose={onClose} />
        <p>{words}</p>
        {again}
      </Dialog>
    );
  return (
    <button
      type="button"
      className="button"
      title={words}
      aria-label={`${t('reload')}: ${words}`}
      onClick={() => location.reload()}
    >
      {t('reload')}
    </button>
  );
}
