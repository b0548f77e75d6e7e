-- Photos of which parts were covered: what stood there before is kept for a while, for those who may look at it and put it back
-- (core::features::photos::covering). Without a foreign key: who deletes a photo's row deletes this one with the files.
create table photo_original (
    photo_id   integer not null primary key,
    digest     text    not null,            -- of the file before
    width      integer not null,            -- pixels
    height     integer not null,
    covered_by integer references account (id),
    covered_at text    not null,
    until_at   text    not null             -- when it is erased
) strict;
create index photo_original_by_digest on photo_original (digest);

-- Who looked at it.
create table photo_original_look (
    id         integer not null primary key autoincrement,
    photo_id   integer not null references photo_original (photo_id) on delete cascade,
    account_id integer references account (id),
    at         text    not null
) strict;
create index photo_original_look_by_photo on photo_original_look (photo_id);

-- What waits to be looked at before anybody sees it.
create index photo_waiting on photo (created_at) where held = 'waiting';
