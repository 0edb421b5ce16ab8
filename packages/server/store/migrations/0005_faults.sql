-- Faults that a stand-in was told to show.

-- Of one generation: how it ends, and what its films' addresses give. Names as they were asked for, in order.
alter table generations add column faults jsonb not null default '[]';

-- Waiting for requests that nobody marked. They are of the server, not of a workspace.
create table armed_faults (
  -- Sorts by age.
  id text primary key,
  fault text not null,
  -- What it waits for: create, look, content.
  asked_for text not null,
  -- Absent: any.
  dialect text,
  model text,
  times integer not null check (times > 0),
  remaining integer not null check (remaining >= 0),
  armed_at timestamptz not null default now()
);
create index armed_faults_waiting on armed_faults (asked_for, id) where remaining > 0;
