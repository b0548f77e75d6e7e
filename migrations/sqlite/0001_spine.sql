-- The spine: what has a place, who supports it, where it lies, and the journal of every change.
-- Times are RFC 3339 text in UTC (they sort as text). Geometry is WKB in EPSG:4326. Ids stay below 2^53.

create table setting (
    name  text not null primary key,
    value text not null
) strict;

create table process (
    id         integer not null primary key,
    slug       text    not null unique,
    title      text    not null,
    created_at text    not null
) strict;

create table theme (
    id         integer not null primary key,
    slug       text    not null unique,
    label      text    not null,
    color      text    not null,             -- #rrggbb
    created_at text    not null
) strict;

-- The nested territory. `level` is a plain word of the authority's choice: metropolis, commune, quartier, council…
create table area (
    id         integer not null primary key,
    slug       text    not null unique,
    level      text    not null,
    code       text    not null,             -- official where there is one (INSEE, …), else the slug
    name       text    not null,
    parent_id  integer references area (id),
    wkb        blob    not null,             -- polygon or multipolygon
    created_at text    not null,
    updated_at text    not null,
    unique (level, code)
) strict;

create table feature (
    id            integer not null primary key,
    kind          text    not null check (kind in ('proposal', 'report', 'project')),
    process_id    integer references process (id),
    theme_id      integer references theme (id),
    status        text    not null,
    title         text    not null,
    body          text    not null,
    search        text    not null,          -- title and body without accents or case: both databases compare it alike
    wkb           blob,                      -- null: located by an area only
    area_id       integer references area (id), -- stated, where there is no geometry
    author        blob,                      -- the visitor's random id
    channel       text    not null,          -- web, import, paper…
    source        text,                      -- of an import: the file's or the portal's name
    external_id   text,                      -- of an import: the row's id there
    fingerprint   text,                      -- of an import: what the row said, to see whether it changed
    votes_for     integer not null default 0,
    votes_against integer not null default 0,
    created_at    text    not null,
    updated_at    text    not null,
    published_at  text,                      -- null: not on the map, in no list, in no export
    unique (source, external_id)
) strict;

create index feature_by_created on feature (created_at desc, id desc) where published_at is not null;

-- Which areas a feature lies in, decided when it is written.
create table feature_area (
    feature_id integer not null references feature (id) on delete cascade,
    area_id    integer not null references area (id) on delete cascade,
    primary key (feature_id, area_id)
) strict, without rowid;

create index feature_area_by_area on feature_area (area_id, feature_id);

create table vote (
    feature_id integer not null references feature (id) on delete cascade,
    voter      blob    not null,
    value      integer not null check (value in (-1, 1)),
    cast_at    text    not null,
    primary key (feature_id, voter)
) strict, without rowid;

create index vote_by_voter on vote (voter);

create table layer (
    id          integer not null primary key,
    slug        text    not null unique,
    name        text    not null,
    attribution text    not null default '',
    color       text    not null,
    position    integer not null default 0,  -- drawn in this order
    created_at  text    not null,
    updated_at  text    not null
) strict;

create table layer_item (
    id         integer not null primary key,
    layer_id   integer not null references layer (id) on delete cascade,
    properties text    not null,             -- a JSON object of plain values
    wkb        blob    not null
) strict;

create index layer_item_by_layer on layer_item (layer_id);

-- Append only. `seq` is given by `journal_head` as the last lock of a transaction, so that numbers become visible in
-- order and without gaps (docs/adr/0002-journal-order.md).
create table journal (
    seq        integer not null primary key,
    at         text    not null,
    act        text    not null,
    feature_id integer,
    subject    text                          -- what the act is about where it is no feature (a layer's slug, …)
) strict;

create index journal_by_feature on journal (feature_id, seq);

create table journal_head (
    id  integer not null primary key check (id = 1),
    seq integer not null
) strict;

insert into journal_head (id, seq) values (1, 0);
