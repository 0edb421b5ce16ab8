-- References that a workspace keeps, to be used again by name.
create table saved_references (
  workspace_id text not null references workspaces (id),
  id text not null,
  -- What prompts call it, unless a request calls it otherwise.
  name text not null,
  description text,
  -- Kind and media of the canonical reference, without id and name; media by hash.
  content jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, name)
);

-- Which generations were accepted with it. Their requests hold the media themselves, so that they stay when it goes.
create table saved_reference_uses (
  workspace_id text not null,
  reference_id text not null,
  generation_id text not null,
  primary key (workspace_id, reference_id, generation_id),
  foreign key (workspace_id, reference_id) references saved_references (workspace_id, id) on delete cascade,
  foreign key (workspace_id, generation_id) references generations (workspace_id, id)
);
