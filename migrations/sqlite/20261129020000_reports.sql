-- Reports: what is to be repaired, who repairs it, and by when (modules/reports).

-- The vote that a feature takes wherever it stands; null: what its process says (core::features::kind).
alter table feature add column ballot text;

-- Who treats reports: services of the authority, and authorities outside.
create table report_service (
    id                   integer not null primary key autoincrement,
    slug                 text   not null unique,
    name                 text   not null,
    name_en              text   not null default '',
    email                text   not null default '', -- where letters to it go
    contact              text   not null default '', -- whom residents ask, in public
    is_outside           integer not null,
    open311_url          text,                       -- its endpoint, where it takes reports so
    open311_jurisdiction text,
    open311_key          text,                       -- a secret: in no line, letter or page
    removed_at           text
) strict;

-- Whose desk begins with which service.
create table report_service_agent (
    service_id integer not null references report_service (id),
    account_id integer not null references account (id),
    primary key (service_id, account_id)
) strict, without rowid;
create index report_service_agent_by_account on report_service_agent (account_id);

-- What can be reported: types, and what is below each.
create table report_category (
    id               integer not null primary key autoincrement,
    parent_id        integer references report_category (id),
    slug             text  not null unique,
    label            text  not null,
    label_en         text  not null default '',
    hint             text  not null default '',
    keywords         text  not null default '',
    sort             text  not null,                -- problem; thanks, suggestion: without a clock
    questions        text  not null default '[]',   -- JSON (model.rs)
    target_n         integer,                         -- null: the parent's, or none
    target_unit      text,                          -- hours, days, working_days
    duplicate_metres integer not null,                -- how far another of it is the same
    duplicate_days   integer not null,                -- for how long after its end
    checks_photos    integer not null,               -- an agent sees a photo before the public does
    danger           text  not null default '',     -- whom to call at once
    color            text  not null,
    icon             text  not null default 'dot',
    position         integer not null,
    removed_at       text
) strict;
create index report_category_by_parent on report_category (parent_id);

-- Who treats what, where. A rule is never changed: its next version is a row of its own, and reports name theirs.
create table report_rule (
    id          integer not null primary key autoincrement,
    category_id integer references report_category (id), -- null: everything
    area_id     integer references area (id) on delete set null, -- null: everywhere
    is_of_area  integer not null,                       -- of an area, which may be gone by now: then it holds nowhere
    service_id  integer not null references report_service (id),
    target_n    integer,                                 -- null: the category's
    target_unit text,
    from_at     text not null,
    until_at    text
) strict;
create index report_rule_by_service on report_rule (service_id);
create index report_rule_by_category on report_rule (category_id);
create index report_rule_by_area on report_rule (area_id);

-- Days on which nobody works here, beside the law's (holidays.rs).
create table closed_day (
    day   text not null primary key, -- 2026-04-03
    label text not null
) strict, without rowid;

-- What a report is beside a feature: one row each.
create table report (
    feature_id      integer not null primary key references feature (id) on delete cascade,
    category_id     integer not null references report_category (id),
    service_id      integer references report_service (id),  -- null: no rule said whose it is
    rule_id         integer references report_rule (id),     -- null: an agent or an import did
    answers         text  not null default '{}',           -- JSON: question code to what was answered
    address         text  not null default '',
    target_n        integer,                                 -- as the rule said when it was received; null: no clock
    target_unit     text,
    received_at     text not null,                       -- when its clock began: at its beginning, or when it was opened again
    due_at          text,                                -- null: no clock, or it stands still
    is_overdue      integer not null,                       -- told by a line of the journal when the due instant passed
    acknowledged_at text,
    ended_at        text,
    end_reason      text,                                  -- closed without repair: why
    reopened_at     text,
    reopened_count  integer not null default 0,
    asked_at        text                                 -- when its author was asked whether it is repaired
) strict, without rowid;
create index report_by_due on report (due_at) where ended_at is null;
create index report_by_service on report (service_id, due_at);
create index report_by_category on report (category_id);
create index report_by_rule on report (rule_id);

-- The public history: what was done, and what was said with it.
create table report_update (
    id         integer not null primary key autoincrement,
    feature_id integer not null references feature (id) on delete cascade,
    at         text not null,
    act        text  not null,          -- status, routed, handed_over, returned, reopened, paused, resumed, category
    status     text  not null,          -- as it was then
    service_id integer references report_service (id),
    reason     text,                    -- of an end without repair, or of a pause
    note       text  not null,          -- public
    account_id integer references account (id) on delete set null -- who of the authority did it
) strict;
create index report_update_by_feature on report_update (feature_id, id);
create index report_update_by_at on report_update (at);
create index report_update_by_account on report_update (account_id);
create index report_update_by_service on report_update (service_id);

-- While a clock stands still.
create table report_pause (
    id         integer not null primary key autoincrement,
    feature_id integer not null references feature (id) on delete cascade,
    from_at    text not null,
    until_at   text,
    why        text  not null           -- author, handed_over, works
) strict;
create index report_pause_by_feature on report_pause (feature_id);

-- What was handed to an authority outside.
create table report_handover (
    id          integer not null primary key autoincrement,
    feature_id  integer not null references feature (id) on delete cascade,
    service_id  integer not null references report_service (id),
    way         text  not null,         -- letter, open311
    state       text  not null,         -- waiting, sent, failed
    tries       integer not null default 0,
    next_try_at text not null,
    problem     text  not null default '',
    reference   text  not null default '', -- its number there
    remote      text  not null default '', -- what it last said there
    made_at     text not null,
    sent_at     text,
    returned_at text,
    note        text  not null default ''
) strict;
create index report_handover_by_feature on report_handover (feature_id);
create index report_handover_by_service on report_handover (service_id);
create index report_handover_waiting on report_handover (next_try_at) where state = 'waiting';

-- What who reported it says of the end: asked once.
create table report_rating (
    feature_id integer not null primary key references feature (id) on delete cascade,
    voice      blob not null,
    outcome    text  not null,          -- fixed, partly, not
    grade      integer,                   -- 1 to 5
    at         text not null
) strict, without rowid;
create index report_rating_by_voice on report_rating (voice);

-- A walk or a drive of an agent past several reports.
create table report_round (
    id         integer not null primary key autoincrement,
    account_id integer not null references account (id) on delete cascade,
    name       text  not null,
    day        text  not null,          -- 2026-11-30
    created_at text not null,
    ended_at   text
) strict;
create index report_round_by_account on report_round (account_id, day);

create table report_round_stop (
    round_id   integer not null references report_round (id) on delete cascade,
    feature_id integer not null references feature (id) on delete cascade,
    position   integer not null,
    done_at    text,
    primary key (round_id, feature_id)
) strict, without rowid;
create index report_round_stop_by_feature on report_round_stop (feature_id);
