-- What an author wrote and the public does not read: a version that waits for a moderator, one that was refused, what was taken
-- back; and the versions that the public read before. A feature's own row is what is public.
create table revision (
    subject_kind text   not null,               -- feature
    subject_id   integer not null,
    n            integer not null,               -- 1, 2… of each subject
    content      text   not null,               -- as it was sealed: a JSON object (features::said)
    photos       text   not null default '[]',  -- JSON: those that it takes away; once published, those that it brought
    held         text,                          -- waiting, refused, replaced, withdrawn; null: it was public until it ended
    made_at      text not null,
    ended_at     text,                   -- when it was published, refused, replaced, or another took its place
    primary key (subject_kind, subject_id, n)
) strict;

create index revision_waiting on revision (subject_kind, subject_id) where held = 'waiting';

-- Photos of what waits or was taken back belong to nothing that is public: `feature_id` is null, and this says whose they are.
alter table photo add column waits_for integer references feature (id);
create index photo_waits_for on photo (waits_for) where waits_for is not null;

-- Taken back by its author once others had a stake in it: the row is public, and empty but for its number.
alter table feature add column withdrawn_at text;
