-- A letter about what can be taken back waits for some seconds, and names what it tells of: taken back meanwhile, it never leaves.
alter table mail add column cause text;
create index mail_by_cause on mail (cause) where cause is not null and sent_at is null;
