-- The territory that was chosen stands among the settings that have versions. It held while each of these was in force.
update site_version set said = json_set(said,
    '$.territory_name', coalesce((select value from setting where name = 'territory_name'), ''),
    '$.territory_code', (select value from setting where name = 'territory_code'))
where exists (select 1 from setting where name = 'territory_code' and value <> '');

insert into site_version (version, said, at)
select 1, json_object(
    'territory_name', coalesce((select value from setting where name = 'territory_name'), ''),
    'territory_code', value), strftime('%Y-%m-%dT%H:%M:%f', 'now') || '+00:00'
from setting where name = 'territory_code' and value <> '' and not exists (select 1 from site_version);

delete from setting where name in ('territory_name', 'territory_code');
