-- What a city says of itself: its name, colours, texts, contact. Each version whole, the last one is in force.
create table site_version (
    version    integer primary key,
    said       text not null,
    account_id integer references account (id),
    at         text not null
) strict;
