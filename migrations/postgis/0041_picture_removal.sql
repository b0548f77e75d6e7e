-- Pictures whose rows are erased and whose files must still go: a disk that refuses once is asked again.
create table picture_removal (
    digest text        not null primary key,
    since  timestamptz not null
);
