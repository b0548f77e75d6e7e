-- Many voices on one contribution, or many contributions, from one connection within minutes: what moderators are told. Never from where.
create table burst (
    id           integer not null primary key,
    subject_kind text    not null,
    subject_id   integer  not null,
    sort         text    not null,             -- voices, contributions
    count        integer  not null,
    since        text    not null,
    until        text    not null,
    settled_at   text                          -- when a moderator looked
) strict;

create unique index burst_once on burst (subject_kind, subject_id, sort, since);
