-- What residents add to a feature beside their vote: arguments and photos; and each theme's icon.

alter table theme add column icon text not null default 'dot'; -- a name in web/icons

alter table feature add column arguments_for integer not null default 0;
alter table feature add column arguments_against integer not null default 0;

-- One row for each argument. Counted on the feature's own row, as votes are.
create table argument (
    id           integer not null primary key,
    feature_id   integer not null references feature (id) on delete cascade,
    side         text    not null check (side in ('for', 'against')),
    body         text    not null,
    author       blob,                      -- the visitor's random id
    channel      text    not null,
    created_at   text    not null,
    published_at text                       -- null: taken back, or not shown (yet)
) strict;

create index argument_by_feature on argument (feature_id, id);

-- A photo belongs to nobody's feature until the form that it was chosen in is sent; what stays so is cleared away.
-- Its files are named after `digest`; no camera's words about place or person are kept.
create table photo (
    id         integer not null primary key,
    feature_id integer references feature (id) on delete cascade,
    position   integer not null default 0,
    digest     text    not null,            -- of the file as we wrote it, hexadecimal
    width      integer not null,            -- pixels
    height     integer not null,
    alt        text    not null default '', -- what it shows, for those who do not see it
    author     blob,
    created_at text    not null
) strict;

create index photo_by_feature on photo (feature_id, position, id);
create index photo_by_digest on photo (digest);
