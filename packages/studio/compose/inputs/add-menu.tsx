import type { Card } from '@refreel/core/model';
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Icon, type IconName } from '../../shared/icon.tsx';
import type { InputSource } from './add-input.tsx';
import { type Place, placesFor } from './place.ts';

const icons: Readonly<Record<InputSource, IconName>> = {
  address: 'download',
  library: 'search',
  'last picture': 'image',
  film: 'film',
};

/** The opened menu: what the model takes, from this machine; then where else it may come from. */
export function AddMenu({
  card,
  places,
  onPick,
  onSource,
}: {
  readonly card: Card;
  readonly places: readonly Place[];
  readonly onPick: (place: Place) => void;
  readonly onSource: (source: InputSource) => void;
}) {
  const t = useTranslations('inputs');
  const takesPictures = placesFor(card, 'image').length > 0;
  const takesFilms = placesFor(card, 'video').length > 0;
  const sources: readonly InputSource[] = [
    'address',
    ...(places.some((place) => place !== 'startFrame' && place !== 'endFrame') ? (['library'] as const) : []),
    ...(takesPictures ? (['last picture'] as const) : []),
    ...(takesFilms ? (['film'] as const) : []),
  ];
  return (
    <MenuTrigger defaultOpen>
      <Button className="button round" aria-label={t('addMenu')}>
        <Icon name="add" />
      </Button>
      <Popover className="popup" placement="bottom end">
        <Menu aria-label={t('addMenu')}>
          <MenuSection aria-label={t('fromHere')}>
            {places.map((place) => (
              <MenuItem key={place} onAction={() => onPick(place)}>
                <Icon name={place === 'video' ? 'film' : 'image'} />
                {t(`places.${place}`)}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="popup-line" />
          <MenuSection aria-label={t('fromElsewhere')}>
            {sources.map((source) => (
              <MenuItem key={source} onAction={() => onSource(source)}>
                <Icon name={icons[source]} />
                {t(`sources.${source}`)}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
