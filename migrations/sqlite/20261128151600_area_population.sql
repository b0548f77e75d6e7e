-- How many people live in an area, where the authority's file says it: what figures are told by the inhabitant of. Null: unknown.

alter table area add column population integer check (population > 0);
