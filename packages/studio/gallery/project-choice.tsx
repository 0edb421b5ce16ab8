import { useTranslations } from 'use-intl';
import { useProjects } from '../projects/use-projects.ts';

/** Which project's films are shown. One that is not listed any more can be left all the same. */
export function ProjectChoice({
  project,
  onProject,
}: {
  readonly project: string | undefined;
  readonly onProject: (project: string | undefined) => void;
}) {
  const t = useTranslations('gallery');
  const untitled = useTranslations('projects')('untitled');
  const { items } = useProjects();
  const listed = items.map(({ id, name }) => ({ id, name: name || untitled }));
  const offered =
    project === undefined || listed.some(({ id }) => id === project)
      ? listed
      : [{ id: project, name: t('otherProject') }, ...listed];
  return (
    <label>
      <span className="hidden-visually">{t('project')}</span>
      <select className="field" value={project ?? ''} onChange={({ target }) => onProject(target.value || undefined)}>
        <option value="">{t('anyProject')}</option>
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
