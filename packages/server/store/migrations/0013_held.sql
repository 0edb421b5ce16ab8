-- What a process held when it ended: a start looks for it, however much was done since the beginning.
create index attempts_held on attempts (producer) where token is not null;
create index idempotency_running on idempotency (running_until) where state = 'running';
