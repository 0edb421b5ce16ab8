import './project-line.css';
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenProject } from '../document/open-project.ts';
import { nameProject } from '../document/project-store.ts';
import { Icon } from '../shared/icon.tsx';
import { lazyPart } from '../shared/lazy-part.tsx';
import { SaveNotice } from './save-notice.tsx';
import { useSaveState, useSaving } from './use-saving.ts';

// A menu is many widgets: loaded behind all that is needed to write. With it comes the list of projects, which is there when the server is not.
const ProjectMenu = lazyPart(async () => {
  import('./projects.tsx').catch(() => {});
  return (await import('./project-menu.tsx')).ProjectMenu;
});

const VersionsDialog = lazyPart(async () => (await import('./versions-dialog.tsx')).VersionsDialog);

/** The open project: its name, how far it is kept, and what can be done with it as a whole. */
export function ProjectLine() {
  const t = useTranslations('projects');
  useSaving();
  const state = useSaveState();
  const { id, name } = useOpenProject();
  const [showsVersions, setShowsVersions] = useState(false);
  return (
    <div className="project-top">
      <div className="project-line">
        <input
          className="project-name"
          aria-label={t('name')}
          placeholder={t('untitled')}
          maxLength={100}
          value={name}
          onChange={(event) => nameProject(event.target.value)}
          onBlur={(event) => nameProject(event.target.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.currentTarget.blur()}
        />
        <span className="save-state small quiet" data-save={state} role="status">
          {state !== 'new' && t(state)}
        </span>
        <Suspense
          fallback={
            <span className="button plain round" aria-hidden="true">
              <Icon name="more" />
            </span>
          }
        >
          <ProjectMenu id={id} name={name || t('untitled')} onVersions={() => setShowsVersions(true)} />
        </Suspense>
      </div>
      <SaveNotice />
      <Suspense>{showsVersions && <VersionsDialog onClose={() => setShowsVersions(false)} />}</Suspense>
    </div>
  );
}
