-- People: who signed in, what they may do, and the letters that are to be sent to them. Features and arguments learn to be held back.

-- One person. Their acts carry `voice`, which stands where a visitor's random id stands: who signs in keeps what they did before.
create table account (
    id          integer not null primary key,
    voice       blob    not null unique,
    email       text    unique,                  -- in lower case; null once erased
    name        text    not null default '',     -- chosen, public, may be a pseudonym
    capacity    text    not null default 'resident',
    area_id     integer references area (id),    -- the commune that they say they live in
    verified_at text,                            -- when an identity provider vouched for them
    created_at  text    not null,
    seen_at     text    not null,
    erased_at   text
) strict;

-- A browser in which somebody is signed in. The cookie's value is kept as a digest only.
create table session (
    digest     blob    not null primary key,
    id         integer not null unique,          -- what a list of sessions names them by
    account_id integer not null references account (id) on delete cascade,
    browser    text    not null,                 -- in words: "Firefox, Android"
    created_at text    not null,
    seen_at    text    not null,
    expires_at text    not null,
    strong_at  text                              -- when a second factor was shown in it
) strict, without rowid;

create index session_by_account on session (account_id);

-- What a person may do: everywhere, or in one process or one area.
create table role_grant (
    id         integer not null primary key,
    account_id integer not null references account (id) on delete cascade,
    role       text    not null check (role in ('moderator', 'agent', 'planner', 'administrator')),
    process_id integer references process (id),
    area_id    integer references area (id),
    granted_by integer references account (id),  -- null: at the command line
    granted_at text    not null,
    revoked_at text
) strict;

create index role_grant_by_account on role_grant (account_id);

-- Letters wait here, written in the transaction that they tell of, until they are sent.
create table mail (
    id         integer not null primary key,
    recipient  text    not null,
    subject    text    not null,
    body       text    not null,                 -- plain text
    created_at text    not null,
    sent_at    text,
    tries      integer not null default 0,
    problem    text                              -- what the server said last
) strict;

create index mail_unsent on mail (id) where sent_at is null;

-- Why something is not public: waiting, withdrawn (by its author), hidden (by a moderator), merged. Null: it is.
alter table feature add column held text;
update feature set held = 'withdrawn' where published_at is null;
alter table feature add column merged_into integer references feature (id);
alter table argument add column held text;
update argument set held = 'withdrawn' where published_at is null;

-- Voices on a scale from -2 to +2. A feature counts the weights: `votes_for` is the sum of those above zero.
create table voice (
    feature_id integer not null references feature (id) on delete cascade,
    voter      blob    not null,
    value      integer not null check (value between -2 and 2),
    cast_at    text    not null,
    primary key (feature_id, voter)
) strict, without rowid;
insert into voice select feature_id, voter, value, cast_at from vote;
drop table vote;
alter table voice rename to vote;
create index vote_by_voter on vote (voter);
