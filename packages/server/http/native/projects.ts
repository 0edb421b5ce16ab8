import { problem, Refusal } from '@refreel/core/model';
import { z } from 'zod';
import {
  type Connection,
  createProject,
  findAssets,
  findProject,
  findVersion,
  hashesIn,
  type Json,
  listKeys,
  listProjects,
  listVersions,
  makeId,
  type Project,
  type ProjectVersion,
  type Saved,
  type Saver,
  saveProject,
  setDeleted,
  type WorkspaceId,
} from '../../store/index.ts';
import { json } from '../answer.ts';
import { type Call, type ReadCall, type Route, route } from '../route.ts';
import { flag, ProjectId, pageOf, pageQuery } from './shapes.ts';

/** What a document may be at most, as JSON. Media are not in it. */
const mostBytes = 1024 * 1024;

const Name = z.string().trim().min(1).max(100);
const Document = z.record(z.string(), z.unknown());
const saver = {
  /** What people call the place: "Firefox, Linux". */
  device: z.string().trim().min(1).max(100).optional(),
  /** One opening of the document: its saves within ten minutes are one version. Without it each save is one. */
  sitting: z.string().min(1).max(64).optional(),
};
const base = z.int().min(1).meta({ description: 'the version that this was made from' });

const savedBy = {
  /** Null where no key was needed. */
  key: z.object({ id: z.string(), name: z.string() }).nullable(),
  device: z.string().nullable(),
};
export const ProjectAnswer = z.object({
  id: z.string(),
  name: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  deletedAt: z.iso.datetime().nullable(),
  ...savedBy,
  /** The first picture that it names: "asset:<hash>". */
  picture: z.string().nullable(),
});
const WithDocument = ProjectAnswer.extend({
  document: Document,
  /** Assets that it names and the workspace has not. */
  missing: z.array(z.string()),
});
export const VersionAnswer = z.object({ version: z.int(), name: z.string(), savedAt: z.iso.datetime(), ...savedBy });
const VersionWithDocument = VersionAnswer.extend({ document: Document, missing: z.array(z.string()) });

const common = { access: 'caller', group: 'Projects' } as const;
const unknown = { says: 'No such project' };
const changed = { says: 'Somebody else saved first' };
const large = { says: 'The document is too large' };

/** Documents of the Studio. Whoever saves names the version that it was made from, so that nobody overwrites what he has not seen. */
export const projectRoutes: readonly Route[] = [
  route({
    ...common,
    method: 'GET',
    path: '/v1/projects',
    owned: false,
    summary: 'The projects of the workspace, last changed first',
    query: z.strictObject({
      ...pageQuery,
      deleted: flag.optional().meta({ description: 'those that were deleted and can be taken back' }),
    }),
    answers: { 200: { says: 'A page of them', schema: pageOf(ProjectAnswer) } },
    async answer({ caller: { workspace }, query: { limit = 20, cursor, deleted } }, { database: { connection } }) {
      const page = await listProjects(connection, workspace, { limit, cursor, deleted });
      const write = await writer(connection, workspace);
      return json(200, { ...page, items: page.items.map(write) });
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/projects',
    owned: false,
    summary: 'Keep a new project; with an id of its own, the same again is as good as once',
    body: {
      schema: z.strictObject({
        id: ProjectId.optional(),
        name: Name,
        document: Document,
        ...saver,
      }),
    },
    answers: { 201: { says: 'Kept', schema: ProjectAnswer }, 409: changed, 413: large },
    async answer(call, { database: { connection } }) {
      const { id = makeId('prj'), name, document } = call.body;
      const saved = await createProject(connection, call.caller.workspace, {
        ...readSaver(call),
        id,
        name,
        document: readDocument(document),
      });
      return await answerSaved(call, connection, saved, 0);
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/projects/{id}',
    owned: true,
    summary: 'One of them, with its document',
    answers: { 200: { says: 'The project', schema: WithDocument }, 404: unknown },
    async answer({ caller: { workspace }, path }, { database: { connection } }) {
      const project = await held(connection, workspace, path.id!);
      const { document } = (await findVersion(connection, workspace, project.id, project.version))!;
      const write = await writer(connection, workspace);
      return json(200, { ...write(project), document, missing: await missing(connection, workspace, document) });
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/projects/{id}/versions',
    owned: true,
    summary: 'Save a project on top of the version that it was made from; what is absent stays',
    body: { schema: z.strictObject({ base, name: Name.optional(), document: Document.optional(), ...saver }) },
    answers: { 201: { says: 'Saved, or saved before', schema: ProjectAnswer }, 404: unknown, 409: changed, 413: large },
    async answer(call, { database: { connection } }) {
      const { base: from, name, document } = call.body;
      const saved = await saveProject(connection, call.caller.workspace, call.path.id!, {
        ...readSaver(call),
        base: from,
        name,
        document: document === undefined ? undefined : readDocument(document),
      });
      return await answerSaved(call, connection, saved, from);
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/projects/{id}/versions',
    owned: true,
    summary: 'The versions of a project that are kept, newest first',
    answers: { 200: { says: 'All of them', schema: z.object({ items: z.array(VersionAnswer) }) }, 404: unknown },
    async answer({ caller: { workspace }, path }, { database: { connection } }) {
      const { id } = await held(connection, workspace, path.id!);
      const write = await writer(connection, workspace);
      return json(200, { items: (await listVersions(connection, workspace, id)).map(write) });
    },
  }),
  route({
    ...common,
    method: 'GET',
    path: '/v1/projects/{id}/versions/{version}',
    owned: true,
    summary: 'A version with its document',
    answers: { 200: { says: 'The version', schema: VersionWithDocument }, 404: unknown },
    async answer({ caller: { workspace }, path }, { database: { connection } }) {
      const { document, ...version } = await heldVersion(connection, workspace, path);
      const write = await writer(connection, workspace);
      return json(200, { ...write(version), document, missing: await missing(connection, workspace, document) });
    },
  }),
  route({
    ...common,
    method: 'POST',
    path: '/v1/projects/{id}/versions/{version}/restore',
    owned: true,
    summary: 'Save what a version said as the newest one; nothing is lost',
    body: { schema: z.strictObject({ base, device: saver.device }) },
    answers: { 201: { says: 'Saved', schema: ProjectAnswer }, 404: unknown, 409: changed },
    async answer(call, { database: { connection } }) {
      const { workspace } = call.caller;
      const { document } = await heldVersion(connection, workspace, call.path);
      const how = { ...readSaver(call), sitting: null, base: call.body.base, document };
      const saved = await saveProject(connection, workspace, call.path.id!, how);
      return await answerSaved(call, connection, saved, call.body.base);
    },
  }),
  ...(
    [
      {
        method: 'DELETE',
        path: '/v1/projects/{id}',
        deleted: true,
        summary: 'Delete a project; for 30 days it can be taken back',
      },
      { method: 'POST', path: '/v1/projects/{id}/undelete', deleted: false, summary: 'Take back that it was deleted' },
    ] as const
  ).map(({ method, path, deleted, summary }) =>
    route({
      ...common,
      method,
      path,
      owned: true,
      summary,
      answers: { 200: { says: 'The project', schema: ProjectAnswer }, 404: unknown },
      async answer({ caller: { workspace }, path: { id } }, { database: { connection } }) {
        const project = await setDeleted(connection, workspace, id!, deleted);
        if (project === undefined) throw unknownProject(id!);
        return json(200, (await writer(connection, workspace))(project));
      },
    }),
  ),
];

/** @throws Refusal */
async function held(connection: Connection, workspace: WorkspaceId, id: string): Promise<Project> {
  const project = await findProject(connection, workspace, id);
  if (project === undefined || project.deletedAt !== null) throw unknownProject(id);
  return project;
}

/** @throws Refusal */
async function heldVersion(connection: Connection, workspace: WorkspaceId, path: Call['path']) {
  const { id: project } = await held(connection, workspace, path.id!);
  const asked = path.version!;
  const found = /^\d{1,9}$/.test(asked) ? await findVersion(connection, workspace, project, Number(asked)) : undefined;
  if (found === undefined)
    throw new Refusal(problem('project_version_unknown', 'version', { found: asked.slice(0, 100), project }));
  return found;
}

/** @throws Refusal for one that is too large */
function readDocument(document: Readonly<Record<string, unknown>>): Json {
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes <= mostBytes) return document as Json;
  const inKilobytes = (size: number) => `${Math.ceil(size / 1024)} KB`;
  const values = { found: inKilobytes(bytes), limitBytes: inKilobytes(mostBytes) };
  throw new Refusal(problem('project_large', 'document', values));
}

function readSaver({
  caller,
  body,
}: ReadCall<unknown, { readonly [Field in 'device' | 'sitting']?: string | undefined }>): Saver {
  return { keyId: caller.keyId ?? null, device: body.device ?? null, sitting: body.sitting ?? null };
}

/** @throws Refusal where nothing was saved */
async function answerSaved(
  { caller: { workspace }, path, base: address }: Call,
  connection: Connection,
  saved: Saved | undefined,
  from: number,
): Promise<Response> {
  if (saved === undefined) throw unknownProject(path.id!);
  const project = (await writer(connection, workspace))(saved.project);
  if (saved.is === 'saved') return json(201, project, { location: `${address}/v1/projects/${project.id}` });
  const { version, updatedAt, key, device } = project;
  const by = [key?.name, device].filter((one) => one !== undefined && one !== null).join(', ');
  throw new Refusal(
    problem('project_changed', 'base', {
      found: version,
      limit: from,
      when: updatedAt.toISOString(),
      by: by === '' ? { en: 'by an unnamed device', zh: '未命名的设备' } : by,
    }),
  );
}

/** Writes projects and versions, with the names of keys. */
async function writer(connection: Connection, workspace: WorkspaceId) {
  const keys = new Map((await listKeys(connection, workspace)).map(({ id, name }) => [id, { id, name }]));
  return <Row extends Project | ProjectVersion>({ keyId, ...row }: Row) => ({
    ...row,
    ...('picture' in row && { picture: row.picture === null ? null : `asset:${row.picture}` }),
    key: (keyId !== null && keys.get(keyId)) || null,
  });
}

async function missing(connection: Connection, workspace: WorkspaceId, document: Json): Promise<string[]> {
  const hashes = hashesIn(document);
  const there = new Set((await findAssets(connection, workspace, hashes)).map(({ sha256 }) => sha256));
  return hashes.filter((one) => !there.has(one)).map((one) => `asset:${one}`);
}

function unknownProject(id: string): Refusal {
  return new Refusal(problem('project_unknown', 'id', { found: id.slice(0, 100) }));
}
