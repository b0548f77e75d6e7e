-- Keys of other authorities' programs: each opens one door. The key itself is nowhere, only its digest; who has it was shown it once.
create table api_key (
    id         integer primary key autoincrement, -- a number is never another key's
    name       text    not null,
    scope      text    not null,                  -- the door that it opens
    digest     blob    not null unique,           -- SHA-256 of the key
    per_hour   integer not null check (per_hour between 1 and 100000),
    made_by    integer references account (id),
    made_at    text    not null,
    used_on    text,                              -- 2026-11-29, by the territory's clock: the day alone
    revoked_by integer references account (id),
    revoked_at text
) strict;
