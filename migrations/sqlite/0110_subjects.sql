-- What is said, flagged, decided about and followed is named by a subject: its kind and its id (src/subject.rs). A contribution, an
-- argument and a photo are subjects today; whatever a module keeps that people answer for may be one tomorrow.
-- `feature_id` beside a subject is the feature on whose page it stands, null where it stands on none.

-- A statement of each version of what was said, by the digest that its line of the register has.
create table deposit_of_subject (
    digest       blob    not null primary key,   -- SHA-256 of salt and content
    subject_kind text    not null,
    subject_id   integer not null,
    salt         blob    not null,
    content      text    not null                -- a JSON object
) strict, without rowid;

-- An argument's line names the argument; the nth line of a feature's answers is their nth version.
with answered as (
    select l.content, coalesce(a.id, 0) as id
    from (select feature_id, content, row_number() over (partition by feature_id order by seq) as turn
          from journal where act = 'answered') l
    left join (select id, feature_id, row_number() over (partition by feature_id order by id) as turn from answer) a
      on a.feature_id = l.feature_id and a.turn = l.turn)
insert into deposit_of_subject (digest, subject_kind, subject_id, salt, content)
select d.digest,
       case j.act when 'argued' then 'argument' when 'answered' then 'answer' else 'feature' end,
       case j.act when 'argued' then cast(j.subject as integer) when 'answered' then n.id else d.feature_id end,
       d.salt, d.content
from deposit d
left join journal j on j.feature_id = d.feature_id and j.content = d.digest
left join answered n on n.content = d.digest;
drop table deposit;
alter table deposit_of_subject rename to deposit;
create index deposit_by_subject on deposit (subject_kind, subject_id);

create table flag_of_subject (
    id           integer not null primary key,
    subject_kind text    not null,
    subject_id   integer not null,
    feature_id   integer references feature (id) on delete cascade,
    reason       text    not null,                -- a word of the charter
    body         text    not null default '',
    voice        blob    not null,                -- who flags, as who votes
    flagged_at   text    not null,
    settled_at   text                             -- when a moderator decided about the thing
) strict;
insert into flag_of_subject (id, subject_kind, subject_id, feature_id, reason, body, voice, flagged_at, settled_at)
select id, case when argument_id is null then 'feature' else 'argument' end, coalesce(argument_id, feature_id), feature_id,
       reason, body, voice, flagged_at, settled_at
from flag;
drop table flag;
alter table flag_of_subject rename to flag;
create unique index flag_once on flag (subject_kind, subject_id, voice);
create index flag_open on flag (subject_kind, subject_id) where settled_at is null;
create index flag_by_voice on flag (voice);

-- Both tables anew, the one that names the other first: dropping a row drops those that name it.
create table decision_of_subject (
    id             integer not null primary key,
    subject_kind   text    not null,
    subject_id     integer not null,
    feature_id     integer references feature (id) on delete cascade,
    kind           text    not null,               -- published, hidden, asked, moved, merged, undone
    reason         text,                           -- a word of the charter
    note           text    not null default '',    -- to the author
    title          text    not null default '',
    body           text    not null default '',
    held_before    text,                           -- with process_before: what taking it back puts back
    process_before integer references process (id),
    target         integer,                        -- merged: the other feature; moved: the process; undone: the decision
    decided_by     integer references account (id),
    decided_at     text    not null,
    undone_at      text
) strict;
insert into decision_of_subject (id, subject_kind, subject_id, feature_id, kind, reason, note, title, body, held_before,
                                 process_before, target, decided_by, decided_at, undone_at)
select id,
       case when argument_id is not null then 'argument' when photo_id is not null then 'photo' else 'feature' end,
       coalesce(argument_id, photo_id, feature_id), feature_id, kind, reason, note, title, body, held_before, process_before,
       target, decided_by, decided_at, undone_at
from decision;

create table appeal_of_decision (
    decision_id integer not null primary key references decision_of_subject (id) on delete cascade,
    body        text    not null,
    voice       blob    not null,
    made_at     text    not null,
    outcome     text    check (outcome in ('granted', 'refused')),
    answer      text    not null default '',
    decided_by  integer references account (id),
    decided_at  text
) strict;
insert into appeal_of_decision (decision_id, body, voice, made_at, outcome, answer, decided_by, decided_at)
select decision_id, body, voice, made_at, outcome, answer, decided_by, decided_at from appeal;
drop table appeal;
drop table decision;
alter table decision_of_subject rename to decision;
alter table appeal_of_decision rename to appeal;
create index decision_by_feature on decision (feature_id, id);
create index decision_by_subject on decision (subject_kind, subject_id, id);
create index appeal_open on appeal (decision_id) where outcome is null;
create index appeal_by_voice on appeal (voice);

create table follow_of_subject (
    subject_kind text    not null,
    subject_id   integer not null,
    account_id   integer not null references account (id) on delete cascade,
    since        text    not null,
    ended_at     text,
    primary key (subject_kind, subject_id, account_id)
) strict, without rowid;
insert into follow_of_subject (subject_kind, subject_id, account_id, since, ended_at)
select 'feature', feature_id, account_id, since, ended_at from follow;
drop table follow;
alter table follow_of_subject rename to follow;
create index follow_by_account on follow (account_id);

-- What is on the map may be of any kind that a module declares: the word is checked where it is read, like every other.
alter table feature add column kind_open text not null default '';
update feature set kind_open = kind;
alter table feature drop column kind;
alter table feature rename column kind_open to kind;

-- What "my data" and erasing look for.
create index photo_by_author on photo (author) where author is not null;
create index mail_by_recipient on mail (recipient);
create index answer_by_account on answer (answered_by) where answered_by is not null;
create index status_change_by_account on status_change (changed_by) where changed_by is not null;
