-- How a report stood before it was filed anew or its clock was touched: what takes that back, as long as its letters wait.
create table report_before (
    id          integer not null primary key autoincrement,
    feature_id  integer not null references feature (id) on delete cascade,
    account_id  integer not null references account (id) on delete cascade, -- who may take it back
    at          text not null,
    act         text not null,            -- category, service, pause, resume
    update_id   integer not null,         -- the line of its history that was the last one then
    title       text not null,
    category_id integer not null references report_category (id),
    service_id  integer references report_service (id),
    rule_id     integer references report_rule (id),
    target_n    integer,
    target_unit text,
    due_at      text,
    is_overdue  integer not null,
    pause_id    integer                   -- the pause that began or ended
) strict;
create index report_before_by_at on report_before (at);
create index report_before_by_feature on report_before (feature_id);
create index report_before_by_account on report_before (account_id);
create index report_before_by_category on report_before (category_id);
create index report_before_by_service on report_before (service_id);
create index report_before_by_rule on report_before (rule_id);
