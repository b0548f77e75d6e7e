-- What a module files its contributions under, beside theme and status: three numbers that mean something within one kind
-- (core::atlas::facet). Null and 0: under nothing.

alter table feature add column slot_a bigint;
alter table feature add column slot_b bigint;
alter table feature add column slot_c bigint;
