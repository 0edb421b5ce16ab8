-- What vendors are paid: what was said of it before, how much may be spent, and where every amount is. What the stand-in's vendors would
-- have charged is not here: nobody pays that.

-- A quote that was told, so that it can be accepted.
create table quotes (
  workspace_id text not null references workspaces (id),
  id text not null,
  key_id text,
  -- Hash of the request that it is of, media by hash, with its region.
  fingerprint text not null,
  quote jsonb not null,
  expires_at timestamptz not null,
  -- The generation that accepted it: that can be done once.
  generation_id text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, key_id) references keys (workspace_id, id),
  foreign key (workspace_id, generation_id) references generations (workspace_id, id)
);
create index quotes_to_sweep on quotes (expires_at) where generation_id is null;
create index quotes_of_generation on quotes (workspace_id, generation_id) where generation_id is not null;

-- How much may be spent. Whoever spends holds the row until it is committed, so that two cannot both take the last of it.
create table budgets (
  workspace_id text not null references workspaces (id),
  id text not null,
  -- Absent: of all keys together, and of whoever needs none.
  key_id text,
  currency text not null,
  -- UTC. `total` is everything that was ever spent.
  period text not null check (period in ('total', 'month', 'day')),
  limit_micros bigint not null check (limit_micros >= 0),
  -- What the administrator set, keys of the workspace cannot change.
  set_by text not null check (set_by in ('administrator', 'workspace')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, key_id) references keys (workspace_id, id)
);
create unique index budgets_once on budgets (workspace_id, coalesce(key_id, ''), currency, period, set_by);

-- One attempt at a vendor: what it may cost at most, and what that is of. Where the amount is, the entries say.
create table receipts (
  workspace_id text not null,
  generation_id text not null,
  attempt_index integer not null,
  key_id text,
  model text not null,
  account text not null,
  -- UTC, of its acceptance: budgets and usage count it on that day, whenever the vendor ends it.
  day date not null default (now() at time zone 'utc')::date,
  -- Both absent: no document says what it costs, and then what would be paid for is all that is known.
  currency text,
  cap_micros bigint check (cap_micros >= 0),
  seconds double precision not null,
  settings jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, generation_id, attempt_index),
  foreign key (workspace_id, generation_id, attempt_index) references attempts (workspace_id, generation_id, index),
  check ((currency is null) = (cap_micros is null))
);
create index receipts_by_day on receipts (workspace_id, day);

-- The books, in double entry. A booking takes amounts from places and puts them into others:
-- `reserve` purse -> reserved, `settle` reserved -> vendor, `release` reserved -> purse; a settlement may release what is left over.
create table bookings (
  workspace_id text not null,
  id text not null,
  generation_id text not null,
  kind text not null check (kind in ('reserve', 'settle', 'release')),
  at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index bookings_of_generation on bookings (workspace_id, generation_id);

create table booking_entries (
  workspace_id text not null,
  booking_id text not null,
  generation_id text not null,
  attempt_index integer not null,
  place text not null check (place in ('purse', 'reserved', 'vendor')),
  currency text not null,
  -- What came to the place; below zero, what left it.
  micros bigint not null check (micros <> 0),
  primary key (workspace_id, booking_id, attempt_index, place, currency),
  foreign key (workspace_id, booking_id) references bookings (workspace_id, id),
  foreign key (workspace_id, generation_id, attempt_index)
    references receipts (workspace_id, generation_id, attempt_index)
);
create index booking_entries_of_attempt on booking_entries (workspace_id, generation_id, attempt_index);
-- Nothing is paid twice.
create unique index booking_entries_settled_once on booking_entries (workspace_id, generation_id, attempt_index)
  where place = 'vendor';

create function refuse_book_change() returns trigger language plpgsql as $$
begin
  raise exception 'the books are append-only: % of % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger bookings_stay before update or delete on bookings for each row execute function refuse_book_change();
create trigger bookings_are_kept before truncate on bookings for each statement execute function refuse_book_change();
create trigger entries_stay before update or delete on booking_entries for each row execute function refuse_book_change();
create trigger entries_are_kept before truncate on booking_entries for each statement execute function refuse_book_change();

create function require_zero_sum() returns trigger language plpgsql as $$
begin
  if (select sum(micros) from booking_entries
    where workspace_id = new.workspace_id and booking_id = new.booking_id and currency = new.currency) <> 0 then
    raise exception 'the entries of booking % do not sum to zero in %', new.booking_id, new.currency
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;
-- At the commit, so that the entries of a booking may be written one after the other.
create constraint trigger entries_sum_to_zero after insert on booking_entries deferrable initially deferred
  for each row execute function require_zero_sum();

-- Sums of the entries, for budgets and usage: kept by the entries themselves, so that they cannot disagree.
create table spending (
  workspace_id text not null,
  day date not null,
  currency text not null,
  -- Empty where no key was needed.
  key_id text not null,
  model text not null,
  reserved_micros bigint not null default 0,
  vendor_micros bigint not null default 0,
  primary key (workspace_id, day, currency, key_id, model)
);

create function sum_spending() returns trigger language plpgsql as $$
begin
  insert into spending (workspace_id, day, currency, key_id, model, reserved_micros, vendor_micros)
  select workspace_id, day, new.currency, coalesce(key_id, ''), model,
    case when new.place = 'reserved' then new.micros else 0 end, case when new.place = 'vendor' then new.micros else 0 end
  from receipts
  where workspace_id = new.workspace_id and generation_id = new.generation_id and attempt_index = new.attempt_index
  on conflict (workspace_id, day, currency, key_id, model) do update set
    reserved_micros = spending.reserved_micros + excluded.reserved_micros,
    vendor_micros = spending.vendor_micros + excluded.vendor_micros;
  return null;
end
$$;
create trigger sum_spending after insert on booking_entries for each row when (new.place <> 'purse')
  execute function sum_spending();
