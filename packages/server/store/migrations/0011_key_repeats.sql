-- For callers who send a create again and neither mark it nor give it a key: for so long the same create is answered with the first.
alter table keys add column repeat_seconds integer check (repeat_seconds between 600 and 86400);
