-- Sessions of browsers that were signed out before their cookies end: whoever copied one has nothing of it.
create table ended_sessions (
  workspace_id text not null references workspaces (id),
  -- As the cookie holds it.
  id text not null,
  -- When the cookie would have ended by itself; nobody asks for it after that.
  until timestamptz not null,
  primary key (workspace_id, id)
);
create index ended_sessions_until on ended_sessions (until);
