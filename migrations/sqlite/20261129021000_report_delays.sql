-- How long repairs take (modules/reports/delays).

-- What was counted of each report that ended, as it was counted: taken back by the same row.
create table report_delay (
    feature_id  integer not null primary key references feature (id) on delete cascade,
    month       integer not null,       -- of its end, by the territory's clock: 202611
    category_id integer not null references report_category (id),
    service_id  integer references report_service (id),
    areas       text    not null,       -- the ids of one area of each level
    hours       integer,                -- null: closed without repair
    is_in_time  integer                 -- null: nothing was promised, or it was not repaired
) strict, without rowid;
create index report_delay_by_category on report_delay (category_id);
create index report_delay_by_service on report_delay (service_id);

-- What is to be added to the cells, or taken from them.
create table report_delay_change (
    id          integer not null primary key autoincrement,
    sign        integer not null,       -- 1 counted, -1 taken back
    month       integer not null,
    category_id integer not null,
    service_id  integer not null,       -- 0: none
    areas       text    not null,
    hours       integer,
    is_in_time  integer
) strict;

-- Counts of months, categories, services and areas; -1 stands for all of them. A service 0 is none.
create table report_delay_cell (
    month       integer not null,
    category_id integer not null,
    service_id  integer not null,
    area_id     integer not null,
    in_time     integer not null,
    late        integer not null,
    closed      integer not null,       -- without repair
    hours       blob    not null,       -- how many repairs took how many hours (delays/histogram.rs)
    primary key (month, category_id, service_id, area_id)
) strict;
