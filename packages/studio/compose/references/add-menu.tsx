import type { ReferenceKind } from '@refreel/core/model';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Icon } from '../../shared/icon.tsx';

/** The + of the toolbar: everything that the model takes, from this machine or from an address. */
export function AddMenu({
  kinds,
  onPick,
  onAddress,
}: {
  readonly kinds: readonly ReferenceKind[];
  readonly onPick: (kind: ReferenceKind) => void;
  readonly onAddress: (kind: ReferenceKind) => void;
}) {
  const t = useTranslations('references');
  if (kinds.length === 0) return null;
  return (
    <MenuTrigger defaultOpen>
      <Button className="button" aria-label={t('addMenu')}>
        <Icon name="add" />
      </Button>
      <Popover className="popup" placement="bottom end">
        <Menu aria-label={t('addMenu')}>
          {kinds.map((kind) => (
            <MenuItem key={kind} onAction={() => onPick(kind)}>
              <Icon name={kind === 'video' ? 'film' : 'image'} />
              {t(`add.${kind}`)}
            </MenuItem>
          ))}
          {kinds.map((kind) => (
            <MenuItem key={`address ${kind}`} onAction={() => onAddress(kind)}>
              <Icon name="download" />
              {t(`fromAddress.${kind}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
