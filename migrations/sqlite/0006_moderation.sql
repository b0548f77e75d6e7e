-- Moderation: what residents flag, what moderators decided and why, and appeals against it.

-- When a moderator last looked at it; null: nobody has, or it changed since.
alter table feature add column seen_at text;
update feature set seen_at = updated_at;
alter table argument add column seen_at text;
update argument set seen_at = created_at;

create index feature_unseen on feature (id) where seen_at is null and channel <> 'import';
create index argument_unseen on argument (id) where seen_at is null and channel <> 'import';
create index feature_held on feature (held, id) where held is not null;
create index feature_merged on feature (merged_into) where merged_into is not null;
create index feature_by_author on feature (author, created_at) where author is not null;
create index argument_by_author on argument (author, created_at) where author is not null;

-- What a resident says is wrong: one a person and thing.
create table flag (
    id          integer not null primary key,
    feature_id  integer not null references feature (id) on delete cascade,
    argument_id integer references argument (id) on delete cascade, -- null: the feature itself
    reason      text    not null,                -- a word of the charter
    body        text    not null default '',
    voice       blob    not null,                -- who flags, as who votes
    flagged_at  text    not null,
    settled_at  text                             -- when a moderator decided about the thing
) strict;

create unique index flag_once on flag (feature_id, coalesce(argument_id, 0), voice);
create index flag_open on flag (feature_id) where settled_at is null;

-- One row for each decision. The journal has a line of the same feature and instant. `title` and `body` are the text as it stood:
-- the original is kept whatever its author makes of it later.
create table decision (
    id           integer not null primary key,
    feature_id   integer not null references feature (id) on delete cascade,
    argument_id  integer references argument (id) on delete cascade,
    kind         text    not null,               -- published, hidden, asked, moved, merged, undone
    reason       text,                           -- a word of the charter
    note         text    not null default '',    -- to the author
    title        text    not null default '',
    body         text    not null default '',
    held_before  text,                           -- with process_before: what taking it back puts back
    process_before integer references process (id),
    target       integer,                        -- merged: the other feature; moved: the process; undone: the decision
    decided_by   integer references account (id),
    decided_at   text    not null,
    undone_at    text
) strict;

create index decision_by_feature on decision (feature_id, id);

-- The author's appeal: at most one a decision.
create table appeal (
    decision_id integer not null primary key references decision (id) on delete cascade,
    body        text    not null,
    voice       blob    not null,
    made_at     text    not null,
    outcome     text    check (outcome in ('granted', 'refused')),
    answer      text    not null default '',
    decided_by  integer references account (id),
    decided_at  text
) strict;

create index appeal_open on appeal (decision_id) where outcome is null;
