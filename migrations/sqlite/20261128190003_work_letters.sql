-- When each of the authority's people is told what arrived where they act, and who is told instead while they are away.

create table work_letters (
    account_id    integer primary key references account (id) on delete cascade,
    pace          text    not null,   -- now, daily, weekly, never
    absent_from   text,               -- days, by the territory's clock
    absent_until  text,
    substitute_id integer references account (id),
    told_until    text    not null,
    passed_until  text                -- until when somebody who stands in was told
) strict;

-- What became public since, for everybody whose turn it is.
create index feature_by_published on feature (published_at) where published_at is not null;
