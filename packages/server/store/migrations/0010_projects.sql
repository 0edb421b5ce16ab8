-- Documents of the Studio. What one says is in its versions.
create table projects (
  workspace_id text not null references workspaces (id),
  -- Chosen by whoever makes it, who may have made it while no server answered.
  id text not null,
  name text not null,
  -- The newest one; every save makes the next.
  version integer not null check (version > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- For a while it can be taken back; then it goes for good.
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
create index projects_by_update on projects (workspace_id, updated_at desc, id desc);
create index projects_deleted on projects (deleted_at) where deleted_at is not null;

create table project_versions (
  workspace_id text not null,
  project_id text not null,
  version integer not null,
  name text not null,
  -- Opaque here; media by hash.
  document jsonb not null,
  -- Absent where no key was needed.
  key_id text,
  -- Where it was saved, in its writer's words: "Firefox, Linux".
  device text,
  -- One opening of the document; saves of one that follow each other closely are one version.
  sitting text,
  began_at timestamptz not null default now(),
  saved_at timestamptz not null default now(),
  primary key (workspace_id, project_id, version),
  foreign key (workspace_id, project_id) references projects (workspace_id, id) on delete cascade,
  foreign key (workspace_id, key_id) references keys (workspace_id, id)
);

-- Assets that a version shows: they stay as long as it does.
create table project_media (
  workspace_id text not null,
  project_id text not null,
  version integer not null,
  sha256 text not null,
  -- In the order in which the document names them.
  place integer not null,
  primary key (workspace_id, project_id, version, sha256),
  foreign key (workspace_id, project_id, version)
    references project_versions (workspace_id, project_id, version) on delete cascade,
  foreign key (workspace_id, sha256) references assets (workspace_id, sha256)
);
create index project_media_by_asset on project_media (workspace_id, sha256);
