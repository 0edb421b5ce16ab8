-- What is not counted yet is all the same to the planner: of two indexes that begin with the workspace it may take the one that has nothing more to
-- say of the row that is looked for, and read all of the workspace for it, until statistics are gathered. These begin with something else.
alter table generations
  drop constraint generations_workspace_id_dialect_public_id_key,
  add constraint generations_public_id_key unique (public_id, dialect, workspace_id);
drop index receipts_by_day;
create index receipts_by_day on receipts (day, workspace_id);
