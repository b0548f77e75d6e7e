-- Work that is done again and again, by one server at a time (base::jobs).

create table job (
    name         text    not null primary key,
    due_at       text    not null,              -- when its turn is
    leased_until text,                          -- until when the server below has it
    server       blob,                          -- a number that a server drew when it started
    done_at      text,                          -- when it was done last
    failures     integer not null default 0,    -- since then
    problem      text                           -- why it failed last
) strict, without rowid;
