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

-- Letters that somebody waits for, beside the page that asked for them, leave before all others.
alter table mail add column urgent integer not null default 0;
create index mail_due on mail (urgent, id) where sent_at is null and given_up_at is null;
