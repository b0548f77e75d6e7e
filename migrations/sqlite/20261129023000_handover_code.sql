-- What a report is filed under by who it is handed to: their code, where an agent chose one.
alter table report_handover add column code text not null default '';
