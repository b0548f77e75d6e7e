-- An answer, or a status without one, that was taken back before anybody was told of it. The row stays, as its line of the register does.

alter table answer add column undone_at timestamptz;
alter table status_change add column undone_at timestamptz;
-- What the status was before; null where that was not written down.
alter table status_change add column status_before text;
