-- The sealed register: civic lines of the journal are numbered without gaps and chained, each to the one before, so that none
-- can be changed, dropped or slipped in unseen (docs/REGISTER.md). What people said is kept beside the chain, under a salted
-- digest: it can be erased, and the chain stays whole.

alter table journal add column number integer;  -- in the register, from 1 without gaps; null: the line is not civic
alter table journal add column channel text;    -- how the act reached us
alter table journal add column content blob;    -- the salted digest of what was said, where something was
alter table journal add column chain blob;      -- SHA-256 over the chain of the line before and this line

create unique index journal_by_number on journal (number) where number is not null;
create index journal_by_content on journal (feature_id, seq) where content is not null;

alter table journal_head add column number integer not null default 0;
alter table journal_head add column chain blob;  -- of the last civic line; null: the register is empty
alter table journal_head add column sealed_from integer not null default 0; -- lines up to this one are older than the register
update journal_head set sealed_from = seq;

-- Each version of what was said, as it was hashed. A row that goes takes the salt with it: nothing leads back from the digest.
create table deposit (
    feature_id integer not null,
    digest     blob    not null,               -- SHA-256 of salt and content
    salt       blob    not null,
    content    text    not null,               -- a JSON object
    primary key (feature_id, digest)
) strict, without rowid;

-- The head of the chain at the end of each day of Europe/Paris, as it was published.
create table register_head (
    day     text    not null primary key,      -- 2026-11-22
    number  integer not null,
    chain   blob    not null,
    made_at text    not null
) strict;
