-- What an authority answers, what became of each feature and when, and who wants to be told.

-- Every version is a row; the last one of a feature is what is said now.
create table answer (
    id          integer not null primary key,
    feature_id  integer not null references feature (id) on delete cascade,
    verdict     text    not null,                -- accepted, partly, noted…
    body        text    not null,                -- Markdown-light
    motive      text    not null default '',     -- why, in one or two sentences
    link        text    not null default '',     -- to what changed
    authority   text    not null,                -- who signs
    answered_by integer references account (id),
    answered_at text    not null
) strict;

create index answer_by_feature on answer (feature_id, id);

-- The public history of a feature's status.
create table status_change (
    id         integer not null primary key,
    feature_id integer not null references feature (id) on delete cascade,
    status     text    not null,
    changed_by integer references account (id),
    changed_at text    not null
) strict;

create index status_change_by_feature on status_change (feature_id, id);

-- Who follows what. Authors with an account follow without a row, unless one says that they stopped.
create table follow (
    feature_id integer not null references feature (id) on delete cascade,
    account_id integer not null references account (id) on delete cascade,
    since      text    not null,
    ended_at   text,
    primary key (feature_id, account_id)
) strict, without rowid;

create index follow_by_account on follow (account_id);
