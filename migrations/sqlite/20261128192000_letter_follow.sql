-- Who wants to be told by letter what becomes of something, without an account: an address, once it has been confirmed from a letter.
create table letter_follow (
    id           integer not null primary key,
    subject_kind text    not null,
    subject_id   integer not null,
    email        text    not null,             -- in lower case
    asked_at     text    not null,             -- when the last letter went that asks to confirm
    confirmed_at text                          -- null: nobody has answered that letter yet
) strict;

create unique index letter_follow_once on letter_follow (subject_kind, subject_id, email);
create index letter_follow_by_email on letter_follow (email);
