-- What one walks on: rows that a facet is made of. Of the module that tests alone compile.

create table ground (
    id    integer not null primary key,
    slug  text    not null unique,
    label text    not null,
    color text    not null
) strict;
