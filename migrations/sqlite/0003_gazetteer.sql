-- Known places: what an address search finds. A street is one place; its house numbers are rows of their own, so that a
-- city's addresses are looked through by street first.

create table place (
    id       integer not null primary key,
    kind     text    not null,            -- street, building, park…: the authority's word
    name     text    not null,
    locality text    not null default '', -- the commune, to tell two of one name apart
    folded   text    not null,            -- the name as it is compared: words that matter, spelt out, by single spaces
    search   text    not null,            -- every word of name and locality, and how people shorten it
    lon      real    not null,            -- degrees, EPSG:4326
    lat      real    not null,
    source   text    not null,            -- the file's or portal's name: what a new import of it replaces
    fingerprint text not null             -- a digest of the place and its numbers: what is unchanged is left alone
) strict;

-- Also what finds the places of a source again.
create unique index place_once on place (source, kind, locality, name);

create table place_number (
    place_id integer not null references place (id) on delete cascade,
    number   integer not null,
    suffix   text    not null default '', -- bis, ter, A…
    lon      real    not null,
    lat      real    not null,
    primary key (place_id, number, suffix)
) strict, without rowid;
