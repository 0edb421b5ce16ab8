import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Icon, type IconName } from '../shared/icon.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { duplicateProject, exportProject } from './project-deeds.ts';

/** What can be done with a project as a whole. What is not handed in is not offered. */
export function ProjectMenu({
  id,
  name,
  onVersions,
  onRename,
  onDelete,
  onDone,
}: {
  readonly id: string;
  readonly name: string;
  readonly onVersions?: () => void;
  readonly onRename?: () => void;
  readonly onDelete?: () => void;
  /** A copy was made and is open. */
  readonly onDone?: () => void;
}) {
  const t = useTranslations('projects');
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<string>();
  const work = async (deed: () => Promise<string | undefined>) => {
    setBusy(true);
    setTold(undefined);
    try {
      setTold(await deed());
    } catch (error) {
      setTold(whyFailed(error));
    } finally {
      setBusy(false);
    }
  };
  const pack = async () => {
    const { missing } = await exportProject(id, name);
    return missing === 0 ? undefined : t('missing', { count: missing });
  };
  const copy = async () => {
    await duplicateProject(id, t('copyOf', { name }));
    onDone?.();
    return undefined;
  };
  const items: readonly (readonly [IconName, string, (() => void) | undefined])[] = [
    ['voice', t('rename'), onRename],
    ['undo', t('versions'), onVersions],
    ['copy', t('duplicate'), () => void work(copy)],
    ['download', t('exportZip'), () => void work(pack)],
    ['close', t('delete'), onDelete],
  ];
  return (
    <>
      {busy && <span className="small quiet">{t('exporting')}</span>}
      {told !== undefined && (
        <span className="small finding wrong" role="alert">
          {told}
        </span>
      )}
      <MenuTrigger>
        <Button className="button plain round" aria-label={t('menu', { name })}>
          <Icon name="more" />
        </Button>
        <Popover className="popup" placement="bottom end">
          <Menu aria-label={t('menu', { name })}>
            {items
              .filter(([, , deed]) => deed !== undefined)
              .map(([icon, label, deed]) => (
                <MenuItem key={label} {...(deed !== undefined && { onAction: deed })}>
                  <Icon name={icon} /> {label}
                </MenuItem>
              ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  );
}
