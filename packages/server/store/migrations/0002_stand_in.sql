-- What standing in for vendors needs besides.

-- When a producer first began with it.
alter table attempts add column started_at timestamptz;

-- Taken back by its owner while it was shown as not begun, although its film was made already: for its readers it is cancelled.
alter table generations add column recalled_at timestamptz;
-- Deleted by its owner: nobody finds it any more, and its films are gone.
alter table generations add column deleted_at timestamptz;

-- Each time that the stand-in's clock was moved forward: from `at` on it is so far ahead of the real one. It is of the server, not of
-- a workspace.
create table clock_moves (
  at timestamptz primary key,
  ahead_milliseconds bigint not null check (ahead_milliseconds > 0)
);

-- What a file is called by requests where a vendor gives uploaded files names of its own.
create table uploads (
  workspace_id text not null,
  name text not null,
  sha256 text not null,
  -- By the stand-in's clock; absent where it stays.
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, name),
  foreign key (workspace_id, sha256) references assets (workspace_id, sha256)
);
