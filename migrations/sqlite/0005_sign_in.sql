-- Signing in: links sent by e-mail, passkeys, identity providers; and letters that are tried again. Of every secret only a digest is kept.

-- A link that was sent. It is used once; what it is refused for afterwards is said from `used_at` and `expires_at`.
create table sign_in_link (
    digest      blob not null primary key,  -- SHA-256 of the secret in the link
    email       text not null,              -- in lower case; there may be no account of it yet
    destination text not null,              -- a path of ours: where to go afterwards
    browser     blob not null,              -- SHA-256 of what the cookie of the browser that asked says
    created_at  text not null,
    expires_at  text not null,
    used_at     text
) strict, without rowid;

create index sign_in_link_by_email on sign_in_link (email, created_at);

-- What begins in one request and ends in another: a passkey's challenge, the way to an identity provider and back. Taken once.
create table ceremony (
    digest     blob not null primary key,   -- SHA-256 of the secret that the browser brings back
    kind       text not null check (kind in ('passkey_new', 'passkey', 'outside')),
    account_id integer references account (id) on delete cascade,
    content    text not null,
    expires_at text not null
) strict, without rowid;

create table passkey (
    id         integer not null primary key,
    account_id integer not null references account (id) on delete cascade,
    credential blob    not null unique,     -- its id, given by the device
    content    text    not null,            -- public key, counter, flags
    name       text    not null,
    created_at text    not null,
    used_at    text
) strict;

create index passkey_by_account on passkey (account_id);

-- Who an identity provider says that somebody is.
create table outside_identity (
    issuer     text    not null,
    subject    text    not null,
    account_id integer not null references account (id) on delete cascade,
    created_at text    not null,
    primary key (issuer, subject)
) strict, without rowid;

create index outside_identity_by_account on outside_identity (account_id);

-- When a letter that could not be sent is tried again; and when it was given up.
alter table mail add column next_at text;
alter table mail add column given_up_at text;
drop index mail_unsent;
create index mail_unsent on mail (id) where sent_at is null and given_up_at is null;
