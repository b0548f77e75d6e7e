-- Work that is done again and again, by one server at a time (base::jobs).

create table job (
    name         text        not null primary key,
    due_at       timestamptz not null,           -- when its turn is
    leased_until timestamptz,                    -- until when the server below has it
    server       uuid,                           -- a number that a server drew when it started
    done_at      timestamptz,                    -- when it was done last
    failures     bigint      not null default 0, -- since then
    problem      text                            -- why it failed last
);

-- Letters that somebody waits for, beside the page that asked for them, leave before all others.
alter table mail add column urgent boolean not null default false;
create index mail_due on mail (urgent, id) where sent_at is null and given_up_at is null;
