import type { Page } from './answers.ts';
import { askPage, everyItem, type PageOptions } from './pages.ts';
import type { Ask, Transport } from './transport.ts';

/** Who saved: the key that was used, null where none was needed, and the place as its writer called it. */
export interface SavedBy {
  readonly key: { readonly id: string; readonly name: string } | null;
  readonly device: string | null;
}

/** A document of the Studio, without what it says. */
export interface Project extends SavedBy {
  /** "prj_" and 26 small letters and digits. */
  readonly id: string;
  readonly name: string;
  /** The newest one. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  /** The first picture that it names: "asset:<hash>". */
  readonly picture: string | null;
}

/** What a project or a version of it says. */
export interface WithDocument {
  readonly document: Readonly<Record<string, unknown>>;
  /** Assets that it names and the workspace has not. */
  readonly missing: readonly string[];
}

/** One state of a project that was kept. */
export interface ProjectVersion extends SavedBy {
  readonly version: number;
  readonly name: string;
  readonly savedAt: string;
}

/** Where a save comes from. */
export interface SaveOrigin {
  /** What people call the place: "Firefox, Linux". */
  readonly device?: string;
  /** One opening of the document: its saves within ten minutes are one version. Without it each save is one. */
  readonly sitting?: string;
}

/** A project to be made. */
export interface NewProject extends SaveOrigin {
  /** Chosen by whoever may have to ask twice: the same again is as good as once. Default: the server's. */
  readonly id?: string;
  readonly name: string;
  /** At most 1 MiB as JSON; media as `asset:<hash>`. */
  readonly document: object;
}

/** What is saved; whatever is absent stays as it was. */
export interface ProjectSave extends SaveOrigin {
  /** The version that it was made from. */
  readonly base: number;
  readonly name?: string;
  readonly document?: object;
}

interface Stop {
  readonly signal?: AbortSignal;
}

/**
 * Documents of the Studio. Every call throws `RefreelError`; with status 409 and the code `project_changed` where somebody else saved
 * first: `values.found` is the version that there is.
 */
export interface Projects {
  create(project: NewProject, options?: Stop): Promise<Project>;
  save(id: string, save: ProjectSave, options?: Stop): Promise<Project>;
  get(id: string, options?: Stop): Promise<Project & WithDocument>;
  /** Last changed first, across all pages. */
  list(options?: PageOptions): AsyncGenerator<Project, void, undefined>;
  /** One page of the list, for whoever shows pages; `deleted`: those that can be taken back. */
  page(options?: PageOptions & { readonly cursor?: string; readonly deleted?: boolean }): Promise<Page<Project>>;
  /** Those that are kept, newest first. */
  versions(id: string, options?: Stop): Promise<readonly ProjectVersion[]>;
  version(id: string, version: number, options?: Stop): Promise<ProjectVersion & WithDocument>;
  /** Saves what a version said as the newest one. */
  restore(id: string, version: number, from: { readonly base: number; readonly device?: string }): Promise<Project>;
  /** For 30 days it can be taken back. */
  delete(id: string): Promise<Project>;
  undelete(id: string): Promise<Project>;
}

const projectFields = ['id', 'name', 'version'] as const;

/** The verbs of projects over a transport. */
export function openProjects(transport: Transport): Projects {
  const pathOf = (id: string) => `/v1/projects/${encodeURIComponent(id)}`;
  const one = <Answer extends Project = Project>(ask: Omit<Ask, 'repeatable'>, repeatable = true) =>
    transport.json<Answer>({ ...ask, repeatable }, projectFields);
  const page: Projects['page'] = ({ limit, cursor, deleted, signal } = {}) =>
    askPage<Project>(transport, '/v1/projects', { limit, cursor, deleted }, signal);
  return {
    create: (json, { signal } = {}) =>
      one({ method: 'POST', path: '/v1/projects', json, signal }, json.id !== undefined),
    // What was saved already is saved: a second try finds it so.
    save: (id, json, { signal } = {}) => one({ method: 'POST', path: `${pathOf(id)}/versions`, json, signal }),
    get: (id, { signal } = {}) => one<Project & WithDocument>({ path: pathOf(id), signal }),
    list: (options = {}) => everyItem((cursor) => page({ ...options, ...(cursor !== undefined && { cursor }) })),
    page,
    async versions(id, { signal } = {}) {
      const ask = { path: `${pathOf(id)}/versions`, repeatable: true, signal };
      return (await transport.json<{ items: readonly ProjectVersion[] }>(ask, ['items'])).items;
    },
    version: (id, version, { signal } = {}) =>
      transport.json<ProjectVersion & WithDocument>(
        { path: `${pathOf(id)}/versions/${version}`, repeatable: true, signal },
        ['version', 'document'],
      ),
    restore: (id, version, json) => one({ method: 'POST', path: `${pathOf(id)}/versions/${version}/restore`, json }),
    // After a lost answer a second try would find nothing to delete, or to take back.
    delete: (id) => one({ method: 'DELETE', path: pathOf(id) }, false),
    undelete: (id) => one({ method: 'POST', path: `${pathOf(id)}/undelete` }, false),
  };
}
