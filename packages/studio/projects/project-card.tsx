import { useState } from 'react';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { assetAddress } from '../server/client.ts';
import { Icon } from '../shared/icon.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { renameProject } from './project-deeds.ts';
import { ProjectMenu } from './project-menu.tsx';
import { openById } from './saving.ts';
import type { ListedProject } from './use-projects.ts';

/** A project in the list: its picture opens it. */
export function ProjectCard({
  project: { id, name, changedAt, picture, onlyHere, isOpen },
  onDelete,
  onFailed,
  onChanged,
}: {
  readonly project: ListedProject;
  readonly onDelete: () => void;
  readonly onFailed: (words: string) => void;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('projects');
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const [, go] = useLocation();
  const [renaming, setRenaming] = useState(false);
  const shown = name || t('untitled');
  const open = async () => {
    try {
      await openById(id);
      go('/');
    } catch (error) {
      onFailed(whyFailed(error));
    }
  };
  const rename = async (wanted: string) => {
    setRenaming(false);
    try {
      await renameProject(id, wanted.trim());
      onChanged();
    } catch (error) {
      onFailed(whyFailed(error));
    }
  };
  return (
    <li className="project-card" data-project={shown}>
      <button
        type="button"
        className="project-face"
        aria-label={t('open', { name: shown })}
        onClick={() => void open()}
      >
        {picture === null ? (
          <Icon name="film" size={32} />
        ) : (
          <img className="media-fill" src={assetAddress(picture)} alt="" />
        )}
      </button>
      <div className="project-words">
        <div className="project-title">
          {renaming ? (
            <input
              className="field"
              aria-label={t('nameOf', { name: shown })}
              // biome-ignore lint/a11y/noAutofocus: it was asked for by a click.
              autoFocus
              maxLength={100}
              defaultValue={name}
              onFocus={(event) => event.target.select()}
              onBlur={(event) => void rename(event.target.value)}
              onKeyDown={(event) => {
                if (event.nativeEvent.isComposing) return;
                if (event.key === 'Enter') event.currentTarget.blur();
                if (event.key === 'Escape') setRenaming(false);
              }}
            />
          ) : (
            <strong>{shown}</strong>
          )}
          <span className="small quiet">
            {format.relativeTime(new Date(changedAt), { now })}
            {isOpen && <span className="badge">{t('isOpen')}</span>}
            {onlyHere && <span className="badge quiet">{t('onlyHere')}</span>}
          </span>
        </div>
        <ProjectMenu
          id={id}
          name={shown}
          onRename={() => afterFrames(2, () => setRenaming(true))}
          onDelete={onDelete}
          onDone={() => go('/')}
        />
      </div>
    </li>
  );
}

/** A menu that closes gives the focus back to its button in the next frame. */
function afterFrames(count: number, run: () => void): void {
  if (count === 0) run();
  else requestAnimationFrame(() => afterFrames(count - 1, run));
}
