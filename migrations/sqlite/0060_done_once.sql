-- One-time keys of forms that were used: a second submission is answered like the first. No row names anybody.

create table done_once (
    id      text not null primary key,       -- a keyed digest of the form's key, its address and who acts
    content text not null,                   -- a keyed digest of what was sent; empty where it was not looked at
    at      text not null,
    answer  text                             -- JSON (once::Answered), once it is known
) strict, without rowid;

create index done_once_at on done_once (at);
