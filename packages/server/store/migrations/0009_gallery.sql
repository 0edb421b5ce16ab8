-- What people do with what they have.

-- Marked by its owner to be found again.
alter table generations add column starred_at timestamptz;
-- From `deleted_at` on it is hidden and can be restored; from here on its films are gone too, and it cannot.
alter table generations add column purged_at timestamptz;
update generations set purged_at = deleted_at where deleted_at is not null;
create index generations_to_purge on generations (deleted_at) where deleted_at is not null and purged_at is null;
