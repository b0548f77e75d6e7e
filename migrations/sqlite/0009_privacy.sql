-- The audience, counted and nothing else: how often each sort of page was shown each day. Not who, not from where.
create table audience (
    day   text    not null,                  -- of Europe/Paris, 2026-11-22
    route text    not null,                  -- the pattern of the address: /features/{id}
    shown integer not null,
    primary key (day, route)
) strict, without rowid;
