-- What each imported file looked like, by the name that its rows are known by: another file of the same name is told apart
-- by its columns.
create table import_source (
    what    text not null,              -- features or addresses
    source  text not null,
    columns text not null,              -- sorted, one a line
    primary key (what, source)
);
