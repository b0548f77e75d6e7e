-- Delays are counted of whole types, too: each report anew, as what was added up before says nothing of them (modules/reports/delays).
delete from report_delay_change;
delete from report_delay_cell;
insert into report_delay_change (sign, month, category_id, service_id, areas, hours, is_in_time)
select 1, month, category_id, coalesce(service_id, 0), areas, hours, is_in_time from report_delay;
