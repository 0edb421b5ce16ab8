import { useTranslations } from 'use-intl';
import { Dialog } from '../../shared/dialog.tsx';
import type { Place } from './place.ts';

/** Asks what something that was picked is for. */
export function PlaceDialog({
  places,
  onPlace,
  onClose,
}: {
  readonly places: readonly Place[];
  readonly onPlace: (place: Place) => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('inputs');
  return (
    <Dialog label={t('useAs')} className="input-dialog" onClose={onClose}>
      <h2>{t('useAs')}</h2>
      <div className="input-places">
        {places.map((place) => (
          <button key={place} type="button" className="button" onClick={() => onPlace(place)}>
            {t(`places.${place}`)}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
