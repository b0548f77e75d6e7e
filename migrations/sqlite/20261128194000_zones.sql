-- Surfaces that agents draw to look at what lies in them. Nothing is filed under one. One that was removed can be put back for a while.
create table zone (
    id         integer primary key autoincrement, -- a number is never another place's
    name       text not null,
    wkb        blob not null,             -- polygon or multipolygon, EPSG:4326
    created_at text not null,
    removed_at text
) strict;
