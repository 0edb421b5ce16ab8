-- The durable store. The same statements run on the embedded database and on PostgreSQL 13 or newer.
--
-- Every row that belongs to somebody begins its primary key with workspace_id, and references between such rows carry it too:
-- a row of one workspace cannot point at a row of another. Times are the database's own.

create table workspaces (
  id text primary key,
  name text not null,
  created_at timestamptz not null default now()
);

-- A key's secret is 256 random bits, so a plain SHA-256 cannot be guessed back and no salt or slow hash is needed.
create table keys (
  workspace_id text not null references workspaces (id),
  id text not null,
  name text not null,
  secret_sha256 bytea not null unique check (length(secret_sha256) = 32),
  -- The first characters of the secret, so that a person can tell keys apart.
  prefix text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);

-- What a workspace uploaded. The bytes are kept once, by hash; the row is per workspace, so that a hash that somebody else
-- uploaded is as unknown here as any other.
create table assets (
  workspace_id text not null references workspaces (id),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- As probed, never as claimed.
  media_type text not null,
  bytes bigint not null check (bytes >= 0),
  -- What the uploader called it: shown, never trusted.
  name text,
  facts jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, sha256)
);
create index assets_by_hash on assets (sha256);

create table generations (
  workspace_id text not null references workspaces (id),
  -- Ids begin with their time of making, so that the primary key is also the order in which lists are read.
  id text not null,
  -- Absent where no key was needed.
  key_id text,
  -- The wire format it came by, and its id in the form of that format: it is read in that format and natively, in no other.
  dialect text not null,
  public_id text not null,
  -- What that dialect's answers repeat.
  echo jsonb not null,
  -- The canonical request: media by hash once they are prepared.
  request jsonb not null,
  model text not null,
  -- Follows from the attempts; changed with them in one transaction.
  state text not null check (state in ('preparing', 'queued', 'submitting', 'unconfirmed', 'running', 'fetching',
    'cancelling', 'done', 'failed', 'cancelled')),
  notes jsonb not null,
  quote jsonb,
  -- The generation that this one remixes.
  remix_of text,
  idempotency_key text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, dialect, public_id),
  foreign key (workspace_id, key_id) references keys (workspace_id, id),
  foreign key (workspace_id, remix_of) references generations (workspace_id, id)
);

-- One try at one producer. The row is the job: there is no queue beside it that could disagree.
create table attempts (
  workspace_id text not null,
  generation_id text not null,
  -- 0-based place in its generation.
  index integer not null check (index >= 0),
  producer text not null check (producer in ('animatic', 'upstream')),
  -- The account that is asked; empty for what is made here.
  account text not null default '',
  state text not null check (state in ('preparing', 'queued', 'submitting', 'unconfirmed', 'running', 'fetching',
    'cancelling', 'done', 'failed', 'cancelled')),
  -- Hash of the exact wire message, kept before it is sent.
  intent text,
  -- What the producer needs to find its work again; opaque here.
  handle jsonb,
  -- Who waits in line together: the key, or the workspace where there is no key.
  queue text not null,
  -- Place in the line of its producer and account; absent once it was begun. Each queue's waiting attempts have consecutive
  -- turns that start at the front of the line, so taking turns in order serves the queues round robin.
  turn bigint,
  -- When a worker may take it. A claim moves it to the end of the lease, so the work of a worker that died becomes due by
  -- itself. Absent: nothing to do, either finished or waiting for a person.
  due_at timestamptz default now(),
  -- Who holds it. Every claim has a new token; without the current one nothing of the row can be changed.
  worker text,
  token uuid,
  claims integer not null default 0,
  progress jsonb,
  billed text not null default 'no' check (billed in ('yes', 'no', 'unknown')),
  problems jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (workspace_id, generation_id, index),
  foreign key (workspace_id, generation_id) references generations (workspace_id, id),
  check ((worker is null) = (token is null)),
  check (finished_at is null or (token is null and turn is null and due_at is null))
);
create index attempts_waiting on attempts (producer, account, turn, due_at) where turn is not null;
create index attempts_of_queue on attempts (producer, account, queue, turn) where turn is not null;
create index attempts_begun on attempts (producer, account, due_at) where turn is null and due_at is not null;

create table films (
  workspace_id text not null,
  generation_id text not null,
  -- 0-based place among the films of its generation.
  index integer not null check (index >= 0),
  attempt_index integer not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  bytes bigint not null check (bytes >= 0),
  facts jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, generation_id, index),
  foreign key (workspace_id, generation_id, attempt_index) references attempts (workspace_id, generation_id, index)
);
create index films_by_hash on films (sha256);

-- What happened, for streams that resume after the last id they saw.
create table events (
  workspace_id text not null,
  id bigint not null,
  generation_id text,
  kind text not null,
  data jsonb not null,
  at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index events_by_time on events (at);
create sequence events_id owned by events.id;

-- Ids are given out before the commit, so a reader could see 8 while 7 is still to come, and never look back. Writers share a lock of
-- their workspace from before they take an id until they have committed; a reader takes it alone for a moment, and then
-- every id up to the highest one it sees is there to be seen.
create function number_event() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7262666, hashtext(new.workspace_id));
  -- Given only where a backup is put back.
  new.id := coalesce(new.id, nextval('events_id'));
  return new;
end
$$;
create trigger number_event before insert on events for each row execute function number_event();

-- What was answered to a request that carried an idempotency key.
create table idempotency (
  workspace_id text not null,
  dialect text not null,
  key text not null,
  body_sha256 text not null,
  state text not null check (state in ('running', 'done')),
  -- Of the run that may finish the row; a run that died is taken over after running_until.
  token uuid not null,
  running_until timestamptz not null,
  status integer,
  headers jsonb,
  body text,
  expires_at timestamptz not null,
  primary key (workspace_id, dialect, key),
  check ((state = 'done') = (status is not null and headers is not null and body is not null))
);
create index idempotency_by_expiry on idempotency (expires_at);
