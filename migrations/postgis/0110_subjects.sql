-- What is said, flagged, decided about and followed is named by a subject: its kind and its id (src/subject.rs). A contribution, an
-- argument and a photo are subjects today; whatever a module keeps that people answer for may be one tomorrow.
-- `feature_id` beside a subject is the feature on whose page it stands, null where it stands on none.

-- A statement of each version of what was said, by the digest that its line of the register has.
create table deposit_of_subject (
    digest       bytea  not null primary key,   -- SHA-256 of salt and content
    subject_kind text   not null,
    subject_id   bigint not null,
    salt         bytea  not null,
    content      text   not null                -- a JSON object
);

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
       case j.act when 'argued' then cast(j.subject as bigint) when 'answered' then n.id else d.feature_id end,
       d.salt, d.content
from deposit d
left join journal j on j.feature_id = d.feature_id and j.content = d.digest
left join answered n on n.content = d.digest;
drop table deposit;
alter table deposit_of_subject rename to deposit;
alter index deposit_of_subject_pkey rename to deposit_pkey;
create index deposit_by_subject on deposit (subject_kind, subject_id);

alter table flag add column subject_kind text, add column subject_id bigint;
update flag set subject_kind = case when argument_id is null then 'feature' else 'argument' end,
                subject_id = coalesce(argument_id, feature_id);
drop index flag_once;
drop index flag_open;
alter table flag alter column subject_kind set not null, alter column subject_id set not null,
                 alter column feature_id drop not null, drop column argument_id;
create unique index flag_once on flag (subject_kind, subject_id, voice);
create index flag_open on flag (subject_kind, subject_id) where settled_at is null;
create index flag_by_voice on flag (voice);

alter table decision add column subject_kind text, add column subject_id bigint;
update decision set subject_kind = case when argument_id is not null then 'argument' when photo_id is not null then 'photo'
                                        else 'feature' end,
                    subject_id = coalesce(argument_id, photo_id, feature_id);
alter table decision alter column subject_kind set not null, alter column subject_id set not null,
                     alter column feature_id drop not null, drop column argument_id, drop column photo_id;
create index decision_by_subject on decision (subject_kind, subject_id, id);
create index appeal_by_voice on appeal (voice);

create table follow_of_subject (
    subject_kind text        not null,
    subject_id   bigint      not null,
    account_id   bigint      not null references account (id) on delete cascade,
    since        timestamptz not null,
    ended_at     timestamptz,
    primary key (subject_kind, subject_id, account_id)
);
insert into follow_of_subject (subject_kind, subject_id, account_id, since, ended_at)
select 'feature', feature_id, account_id, since, ended_at from follow;
drop table follow;
alter table follow_of_subject rename to follow;
alter index follow_of_subject_pkey rename to follow_pkey;
create index follow_by_account on follow (account_id);

-- What is on the map may be of any kind that a module declares: the word is checked where it is read, like every other.
alter table feature drop constraint feature_kind_check;

-- What "my data" and erasing look for.
create index photo_by_author on photo (author) where author is not null;
create index mail_by_recipient on mail (recipient);
create index answer_by_account on answer (answered_by) where answered_by is not null;
create index status_change_by_account on status_change (changed_by) where changed_by is not null;
