-- Addresses that are told what happens in a workspace. Events are delivered in order: what is behind `after_event` was taken.
-- There is no secret here: it is derived from the server's own.
create table webhooks (
  workspace_id text not null references workspaces (id),
  id text not null,
  url text not null,
  -- Of events; others are passed over.
  kinds jsonb not null,
  after_event bigint not null,
  -- When a process may deliver. A claim moves it to the end of the lease.
  due_at timestamptz not null default now(),
  token uuid,
  -- In a row, since when, and what the last one was.
  failures integer not null default 0,
  failing_since timestamptz,
  problem jsonb,
  -- Nothing is delivered any more.
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index webhooks_due on webhooks (due_at) where disabled_at is null;
