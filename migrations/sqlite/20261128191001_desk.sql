-- Lists of the desk that somebody keeps under a name, their own or the team's.
create table saved_view (
    id         integer not null primary key,
    account_id integer not null references account (id) on delete cascade,
    room       text not null,                    -- the list's address
    name       text not null,
    query      text not null,                    -- in the list's own form
    is_shared  integer not null default 0,
    made_at    text not null,
    removed_at text
) strict;
create index saved_view_by_account on saved_view (account_id) where removed_at is null;
create index saved_view_shared on saved_view (id) where removed_at is null and is_shared;

-- When somebody was at the desk: `since` is the end of the visit before this one.
create table desk_visit (
    account_id integer not null primary key references account (id) on delete cascade,
    since      text not null,
    seen_at    text not null
) strict;

