-- Imports of areas that nobody could wait for: what each gave, so that whichever server is asked can say it.

create table area_work (
    id       uuid not null primary key,
    begun_at timestamptz not null,
    told     text,                    -- the address that says what it wrote; written with the areas themselves
    problem  text                     -- why it wrote nothing, for the operator
);
