-- What a city says of itself: its name, colours, texts, contact. Each version whole, the last one is in force.
create table site_version (
    version    bigint primary key,
    said       text not null,
    account_id bigint references account (id),
    at         timestamptz not null
);
