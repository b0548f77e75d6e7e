-- Processes: what an agent decides about one (page, calendar, rules), kept whole with every version; when its phases began and
-- ended; its documents and its roll.

-- A JSON object (processes::Settings). What it lacks has its default: a process of an import takes everything from everybody.
alter table process add column settings text not null default '{}';
alter table process add column state text not null default 'public' check (state in ('draft', 'public', 'archived'));
alter table process add column version integer not null default 0;

create table process_version (
    process_id integer not null references process (id),
    version    integer not null,
    title      text    not null,
    settings   text    not null,
    state      text    not null,
    note       text    not null,             -- what changed and why, in the agent's words
    account_id integer references account (id),
    at         text    not null,
    primary key (process_id, version)
) strict, without rowid;

-- That a phase's beginning or end was written into the journal: once, whichever server was first.
create table phase_edge (
    process_id integer not null references process (id),
    phase      text    not null,             -- its key
    edge       text    not null check (edge in ('opened', 'closed')),
    instant    text    not null,             -- as announced: a phase that is moved begins anew
    primary key (process_id, phase, edge, instant)
) strict, without rowid;

create table process_document (
    id         integer not null primary key,
    process_id integer not null references process (id),
    title      text    not null,
    digest     text    not null,             -- SHA-256 of the file, hexadecimal: its name on the disk
    kind       text    not null,             -- its media type
    size       integer not null,             -- bytes
    removed_at text,
    created_at text    not null
) strict;

create index process_document_of on process_document (process_id, id);

-- Who is on a process's roll: keyed digests of e-mail addresses, never the addresses.
create table process_roll (
    process_id integer not null references process (id),
    person     text    not null,
    primary key (process_id, person)
) strict, without rowid;
