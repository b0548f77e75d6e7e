-- What the register holds of each civic row: after every write, a salted digest of the row as it is then. A line `sealed` of the
-- journal holds the digests of its batch. Salt and state are kept for the last turn of each row alone: what was erased cannot be
-- tried against a digest.
create table sealed_row (
    subject_kind text    not null,          -- the table
    subject_id   integer not null,
    turn         integer not null,          -- 1, 2, 3… of this row
    batch        integer not null,          -- named by the line that holds it
    digest       blob    not null,          -- SHA-256 of salt and state; of the word `gone` where the row went
    salt         blob,
    state        text,                      -- a JSON object, texts as digests
    primary key (subject_kind, subject_id, turn)
) strict, without rowid;
