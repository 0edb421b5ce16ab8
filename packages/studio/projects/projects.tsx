import './projects.css';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { type KeptProject, newKept } from '../document/kept-projects.ts';
import { emptyProject } from '../document/project.ts';
import { switchTo } from '../document/project-store.ts';
import { Icon } from '../shared/icon.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { ProjectCard } from './project-card.tsx';
import { deleteProject, importProject, undeleteProject } from './project-deeds.ts';
import { useProjects } from './use-projects.ts';
import { useSaving } from './use-saving.ts';
import { ZipError } from './zip/read-zip.ts';

interface Told {
  readonly words: string;
  readonly wrong: boolean;
  readonly undo?: () => Promise<void>;
}

/** Every project of the workspace. */
export function Projects() {
  const t = useTranslations('projects');
  useSaving();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const { items, away, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useProjects();
  const [told, setTold] = useState<Told>();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['projects'] });

  /** Does something, and says why it could not be done. */
  const attempt = async (deed: () => Promise<Told | undefined>) => {
    setBusy(true);
    setTold(undefined);
    try {
      setTold(await deed());
    } catch (reason) {
      const words = reason instanceof ZipError ? t(`faults.${reason.fault}`, { file: reason.file }) : whyFailed(reason);
      setTold({ words, wrong: true });
    } finally {
      setBusy(false);
      await refresh();
    }
  };
  const takeIn = (file: File) =>
    attempt(async () => {
      const { name, missing } = await importProject(file);
      const imported = t('imported', { name: name || t('untitled') });
      return missing === 0
        ? { words: imported, wrong: false }
        : { words: `${imported} ${t('missing', { count: missing })}`, wrong: true };
    });
  const remove = (id: string, name: string) =>
    attempt(async () => {
      const here: KeptProject | undefined = await deleteProject(id);
      const undo = () =>
        attempt(async () => {
          await undeleteProject(id, here);
          return undefined;
        });
      return { words: t('deleted', { name: name || t('untitled') }), wrong: false, undo };
    });
  return (
    <main className="projects">
      <div className="projects-head">
        <h1>{t('title')}</h1>
        <button type="button" className="button" disabled={busy} onClick={() => picker.current?.click()}>
          <Icon name="add" /> {busy ? t('importing') : t('importZip')}
        </button>
        <button
          type="button"
          className="button main"
          onClick={() => {
            switchTo(newKept(emptyProject, ''));
            go('/');
          }}
        >
          <Icon name="add" /> {t('new')}
        </button>
        <input
          ref={picker}
          type="file"
          accept=".zip,application/zip"
          hidden
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            target.value = '';
            if (file !== undefined) void takeIn(file);
          }}
        />
      </div>
      {told !== undefined && (
        <div role="status" className={told.wrong ? 'finding wrong' : 'finding'}>
          <span className="finding-words">{told.words}</span>
          {told.undo !== undefined && (
            <button type="button" className="button tiny" onClick={() => void told.undo?.()}>
              {t('undoDelete')}
            </button>
          )}
        </div>
      )}
      {error !== null && (
        <p role="alert" className="finding wrong">
          {away ? t('away') : whyFailed(error)}
        </p>
      )}
      {!isPending && items.length === 0 && <p className="quiet projects-empty">{t('empty')}</p>}
      <ul className="projects-grid">
        {items.map((project) => (
          <ProjectCard
            key={project.id}
            project={project}
            onDelete={() => void remove(project.id, project.name)}
            onFailed={(words) => setTold({ words, wrong: true })}
            onChanged={refresh}
          />
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </button>
      )}
    </main>
  );
}
