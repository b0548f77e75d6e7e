-- The work of the authority's people on a subject: notes among themselves, who looks after it, and texts that they answer with.

create table subject_note (
    id           integer primary key,
    subject_kind text    not null,
    subject_id   integer not null,
    body         text    not null,
    written_by   integer not null references account (id),
    written_at   text    not null,
    changed_at   text,
    taken_back_at text
) strict;
create index subject_note_by_subject on subject_note (subject_kind, subject_id, id);
create index subject_note_by_account on subject_note (written_by);

-- Who looks after a subject, and who did: at most one at a time.
create table subject_assignment (
    id           integer primary key,
    subject_kind text    not null,
    subject_id   integer not null,
    account_id   integer not null references account (id),
    assigned_by  integer references account (id),
    assigned_at  text    not null,
    ended_at     text
) strict;
create unique index subject_assignment_now on subject_assignment (subject_kind, subject_id) where ended_at is null;
create index subject_assignment_by_account on subject_assignment (account_id);

create table reply_template (
    id         integer primary key,
    name       text    not null,
    body       text    not null,
    lang       text    not null,
    version    integer not null default 1,
    changed_by integer references account (id),
    changed_at text    not null,
    removed_at text
) strict;
create unique index reply_template_name on reply_template (name) where removed_at is null;
create index reply_template_by_account on reply_template (changed_by);
