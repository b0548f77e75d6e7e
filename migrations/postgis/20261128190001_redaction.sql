-- Passages that moderators blacked out: the thing's own row says the text without them, the decision keeps it as it stood.

create table redaction (
    decision_id  bigint primary key,
    subject_kind text   not null,
    subject_id   bigint not null,
    passages     text   not null,
    ended_at     timestamptz
);
create index redaction_by_subject on redaction (subject_kind, subject_id) where ended_at is null;
