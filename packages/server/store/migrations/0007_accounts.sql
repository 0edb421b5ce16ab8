-- Accounts of vendors. They are the operator's: every workspace's work is made by them.

create table accounts (
  id text primary key,
  -- What it is, without its key, if it was added over the API. Absent for one of the file or the environment: of that only what follows is kept.
  entry jsonb,
  -- Sealed with a key that is derived from the server's secret, which is never here.
  sealed_key bytea,
  -- Nothing new is sent to it since then, and why. `aside_mark` tells which key it was that the vendor refused: another one is tried.
  aside_at timestamptz,
  aside_problem jsonb,
  aside_mark text,
  -- When its last submits began, oldest first: as many as its pace counts.
  submits timestamptz[] not null default '{}',
  created_at timestamptz not null default now(),
  check ((entry is null) = (sealed_key is null)),
  check ((aside_at is null) = (aside_problem is null) and (aside_at is null) = (aside_mark is null))
);

-- What the account is asked for in place of the request's own model: one of its alternatives.
alter table attempts add column model text;
-- The attempt whose films it brings, where it took another one's place. Absent: its own.
alter table attempts add column place integer;

create index attempts_preparing on attempts (producer, account, turn) where turn is not null and state = 'preparing';
