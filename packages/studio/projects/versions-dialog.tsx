import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { readProject } from '../document/kept-projects.ts';
import { useOpenProject } from '../document/open-project.ts';
import type { Project } from '../document/project.ts';
import { useRefreel } from '../server/client.ts';
import { Dialog, DialogHead } from '../shared/dialog.tsx';
import { whyFailed } from '../shared/why-failed.ts';
import { zone } from '../shared/zone.ts';
import { restoreVersion } from './saving.ts';

/** The versions of the open project that the server keeps, what each says, and the way back to it. */
export function VersionsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('projects');
  const format = useFormatter();
  const refreel = useRefreel();
  const queries = useQueryClient();
  const { id, base } = useOpenProject();
  const [chosen, setChosen] = useState<number>();
  const [told, setTold] = useState<{ readonly words: string; readonly wrong: boolean }>();
  const versions = useQuery({
    queryKey: ['projects', id, 'versions', base],
    queryFn: ({ signal }) => (base === 0 ? [] : refreel.projects.versions(id, { signal })),
  });
  const shown = useQuery({
    queryKey: ['projects', id, 'version', chosen],
    queryFn: ({ signal }) => refreel.projects.version(id, chosen!, { signal }),
    enabled: chosen !== undefined,
  });
  const restore = async (version: number) => {
    try {
      await restoreVersion(version);
      setTold({ words: t('restored'), wrong: false });
      setChosen(undefined);
      await queries.invalidateQueries({ queryKey: ['projects'] });
    } catch (error) {
      setTold({ words: whyFailed(error), wrong: true });
    }
  };
  const failure = versions.error ?? shown.error;
  return (
    <Dialog label={t('versions')} className="versions" onClose={onClose}>
      <DialogHead title={t('versions')} onClose={onClose} />
      {failure !== null && (
        <p role="alert" className="finding wrong">
          {whyFailed(failure)}
        </p>
      )}
      {told !== undefined && (
        <p role="status" className={told.wrong ? 'finding wrong' : 'finding'}>
          {told.words}
        </p>
      )}
      {versions.data?.length === 0 && <p className="quiet">{t('versionsEmpty')}</p>}
      {versions.data !== undefined && versions.data.length > 0 && (
        <div className="versions-two">
          <ul className="versions-list">
            {versions.data.map(({ version, savedAt, key, device }, index) => (
              <li key={version}>
                <button
                  type="button"
                  className="version"
                  aria-pressed={version === chosen}
                  onClick={() => setChosen(version)}
                >
                  <span>
                    {index === 0 && `${t('versionNow')} · `}
                    {format.dateTime(new Date(savedAt), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })}
                  </span>
                  <span className="small quiet">
                    {[key?.name, device].filter((one) => typeof one === 'string').join(' · ')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {chosen !== undefined && shown.data !== undefined && (
            <div className="version-words">
              <strong>{shown.data.name}</strong>
              <VersionWords project={readProject(shown.data.document)} />
              {chosen !== base && (
                <button type="button" className="button main" onClick={() => void restore(chosen)}>
                  {t('restore')}
                </button>
              )}
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}

function VersionWords({ project }: { readonly project: Project | undefined }) {
  const t = useTranslations('projects');
  if (project === undefined) return <p>{t('newer')}</p>;
  const { shots, references, model } = project.request;
  const prompts = shots.map(({ prompt }) => prompt).filter((prompt) => prompt.trim() !== '');
  return (
    <>
      <p>{prompts.length === 0 ? <span className="quiet">{t('noWords')}</span> : prompts.join('\n\n')}</p>
      <p className="small quiet">{[model, ...references.map(({ name }) => `@${name}`)].join(' · ')}</p>
    </>
  );
}
