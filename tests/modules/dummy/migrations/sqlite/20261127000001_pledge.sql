-- Pledges: a resident comes along on a walk, or promises something that stands nowhere. Of the module that tests alone compile.

create table pledge (
    id           integer not null primary key,
    feature_id   integer references feature (id),  -- the walk; null: it stands alone
    body         text    not null,
    author       blob,
    created_at   text    not null,
    seen_at      text,
    held         text,
    published_at text
) strict;
