-- What a start looks for, however much was done since the beginning: what the process before it held, and which accounts still have something to do.
create index attempts_held on attempts (producer) where token is not null;
create index attempts_open on attempts (account) where producer = 'upstream' and finished_at is null;
create index idempotency_running on idempotency (running_until) where state = 'running';
