-- The model that leave to upload was given for, by the id of its card: such a file is good for requests of that model. Absent: for any.
alter table uploads add column model text;
